package io.sluice.outbound;

import java.io.IOException;

/** A body that ends with its connection. */
final class UntilCloseBody extends BodyReader {

  private final Connection connection;

  UntilCloseBody(Connection connection) {
    this.connection = connection;
  }

  @Override
  int read(byte[] bytes, int offset, int length) throws IOException {
    return connection.read(bytes, offset, length);
  }

  @Override
  boolean complete() {
    return false;
  }
}
