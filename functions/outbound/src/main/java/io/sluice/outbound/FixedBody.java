package io.sluice.outbound;

import java.io.EOFException;
import java.io.IOException;

/** A body of known length. */
final class FixedBody extends BodyReader {

  private final Connection connection;
  private long left;

  FixedBody(Connection connection, long length) {
    this.connection = connection;
    this.left = length;
  }

  @Override
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = connection.read(bytes, offset, (int) Math.min(left, length));
    if (read < 0) {
      throw new EOFException("the body is shorter than its Content-Length");
    }
    left -= read;
    return read;
  }

  @Override
  boolean complete() {
    return left == 0;
  }
}
