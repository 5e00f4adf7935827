package io.sluice.outbound;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/** A body in chunks (RFC 9112, section 7.1). Extensions and trailers are skipped. */
final class ChunkedBody extends BodyReader {

  private static final int LONGEST_LINE = 4_096;
  private static final int MOST_DIGITS = 12;

  private final Connection connection;
  private long left;
  private boolean first = true;
  private boolean ended;

  ChunkedBody(Connection connection) {
    this.connection = connection;
  }

  @Override
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read = connection.read(bytes, offset, (int) Math.min(left, length));
    if (read < 0) {
      throw new EOFException("the body ended inside a chunk");
    }
    left -= read;
    return read;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      lineEnd(connection.need());
    }
    first = false;
    left = size();
    if (left == 0) {
      ResponseHead.skipTrailers(connection);
      ended = true;
    }
  }

  private long size() throws IOException {
    long size = 0;
    int digits = 0;
    int c = connection.need();
    for (int digit = digit(c); digit >= 0; digit = digit(c)) {
      if (++digits > MOST_DIGITS) {
        throw new ProtocolException("a chunk's size is too large");
      }
      size = size * 16 + digit;
      c = connection.need();
    }
    if (digits == 0 || (c != '\r' && c != ';' && c != ' ' && c != '\t')) {
      throw new ProtocolException("a chunk's size is malformed");
    }
    for (int skipped = 0; c != '\r'; c = connection.need()) {
      if (c == '\n' || ++skipped > LONGEST_LINE) {
        throw new ProtocolException("a chunk's extension is malformed");
      }
    }
    lineEnd(c);
    return size;
  }

  private static int digit(int c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private void lineEnd(int carriageReturn) throws IOException {
    if (carriageReturn != '\r' || connection.need() != '\n') {
      throw new ProtocolException("a chunk does not end where its size says");
    }
  }

  @Override
  boolean complete() {
    return ended;
  }
}
