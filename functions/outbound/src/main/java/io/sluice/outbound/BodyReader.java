package io.sluice.outbound;

import io.sluice.core.http.Headers;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.TreeSet;

/** Reads a response's body off its connection, by one of HTTP's three framings. */
abstract sealed class BodyReader permits FixedBody, ChunkedBody, UntilCloseBody {

  /**
   * The body of a response with that head.
   *
   * @throws ProtocolException if the head leaves the body's length in doubt
   */
  static BodyReader of(ResponseHead head, Connection connection) throws ProtocolException {
    Headers headers = head.headers();
    boolean coded = headers.has("transfer-encoding");
    if (coded && headers.has("content-length")) {
      throw new ProtocolException("the answer has both Content-Length and Transfer-Encoding");
    }
    if (head.status() == 204 || head.status() == 304) {
      return new FixedBody(connection, 0);
    }
    if (coded) {
      if (headers.count("transfer-encoding") > 1
          || !headers.first("transfer-encoding", "").equalsIgnoreCase("chunked")) {
        throw new ProtocolException("the answer has a transfer coding other than chunked");
      }
      return new ChunkedBody(connection);
    }
    return headers.has("content-length")
        ? new FixedBody(connection, length(headers))
        : new UntilCloseBody(connection);
  }

  private static long length(Headers headers) throws ProtocolException {
    TreeSet<String> values = new TreeSet<>();
    headers.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("content-length")) {
            values.add(value);
          }
        });
    String value = values.first();
    boolean number =
        !value.isEmpty()
            && value.length() <= 18
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (values.size() > 1 || !number) {
      throw new ProtocolException("the answer's Content-Length is no single number");
    }
    return Long.parseLong(value);
  }

  /** As {@link java.io.InputStream#read(byte[], int, int)}; -1 only at the body's proper end. */
  abstract int read(byte[] bytes, int offset, int length) throws IOException;

  /** Whether the body's end was read and the connection can carry another exchange. */
  abstract boolean complete();
}
