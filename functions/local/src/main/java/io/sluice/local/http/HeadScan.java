package io.sluice.local.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the end of a request's head while its bytes arrive, each byte once. Not thread-safe:
 * belongs to one connection's event loop.
 */
final class HeadScan {

  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final HttpLimits limits;
  private int scanned;
  private int lineStart;
  private int lines;

  HeadScan(HttpLimits limits) {
    this.limits = limits;
  }

  /** The head's length in bytes once its empty line has arrived, or zero. */
  int length(ByteBuf in) throws MalformedHeadException {
    int base = in.readerIndex();
    int readable = in.readableBytes();
    while (scanned < readable) {
      int lf = in.indexOf(base + scanned, base + readable, LF);
      int upTo = lf < 0 ? readable : lf - base + 1;
      ProtocolError problem = tooLong(upTo);
      if (problem == null && lf >= 0 && (lf == base + lineStart || in.getByte(lf - 1) != CR)) {
        problem = new ProtocolError(400, "A line of the head ends in a bare line feed");
      }
      if (problem != null) {
        throw new MalformedHeadException(problem);
      }
      scanned = upTo;
      if (lf >= 0) {
        boolean empty = lf - base - lineStart == 1;
        lineStart = upTo;
        lines++;
        if (empty) {
          reset();
          return upTo;
        }
      }
    }
    return 0;
  }

  private void reset() {
    scanned = 0;
    lineStart = 0;
    lines = 0;
  }

  private @Nullable ProtocolError tooLong(int upTo) {
    if (lines == 0 && upTo > limits.requestLineBytes()) {
      return new ProtocolError(
          414, "The request line is longer than %d bytes".formatted(limits.requestLineBytes()));
    }
    if (upTo > limits.headBytes()) {
      return new ProtocolError(
          431, "The request's head is larger than %d bytes".formatted(limits.headBytes()));
    }
    if (lines > limits.headerLines() + 1) {
      return new ProtocolError(
          431, "The request has more than %d header lines".formatted(limits.headerLines()));
    }
    return null;
  }
}
