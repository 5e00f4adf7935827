package io.sluice.outbound;

import io.sluice.core.http.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * The head of a response, read strictly: at most {@value #LONGEST} bytes and {@value #MOST_LINES}
 * headers, no folded lines, no lone line ends.
 *
 * @param persistent whether the server keeps the connection open
 */
record ResponseHead(int status, boolean persistent, Headers headers) {

  static final int LONGEST = 65_536;
  static final int MOST_LINES = 200;
  private static final int MOST_INTERIM = 8;

  /** Reads the head of the final response; interim ones (1xx) are skipped. */
  static ResponseHead read(Connection connection) throws IOException {
    for (int i = 0; i <= MOST_INTERIM; i++) {
      ResponseHead head = new Reader(connection).head();
      if (head.status == 101) {
        throw new ProtocolException("the server switches protocols unasked");
      }
      if (head.status >= 200) {
        return head;
      }
    }
    throw new ProtocolException("too many interim responses");
  }

  /** Skips trailers, by the same limits. */
  static void skipTrailers(Connection connection) throws IOException {
    Headers ignored = new Reader(connection).headers();
    if (ignored.has("content-length") || ignored.has("transfer-encoding")) {
      throw new ProtocolException("a trailer speaks about the body's length");
    }
  }

  private static final class Reader {
    private final Connection connection;
    private byte[] line = new byte[256];
    private int total;

    Reader(Connection connection) {
      this.connection = connection;
    }

    ResponseHead head() throws IOException {
      String status = line();
      boolean http11 = status.startsWith("HTTP/1.1 ");
      boolean wellFormed =
          (http11 || status.startsWith("HTTP/1.0 "))
              && status.length() >= 12
              && (status.length() == 12 || status.charAt(12) == ' ');
      if (!wellFormed) {
        throw new ProtocolException("the answer is not HTTP");
      }
      int code = 0;
      for (int i = 9; i < 12; i++) {
        int digit = status.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          throw new ProtocolException("the answer's status is not a number");
        }
        code = code * 10 + digit;
      }
      if (code < 100) {
        throw new ProtocolException("the answer's status is no HTTP status");
      }
      Headers headers = headers();
      return new ResponseHead(code, http11 && !closes(headers), headers);
    }

    private static boolean closes(Headers headers) {
      boolean[] close = {false};
      headers.forEach(
          (name, value) ->
              close[0] |=
                  name.equalsIgnoreCase("connection") && !value.equalsIgnoreCase("keep-alive"));
      return close[0];
    }

    Headers headers() throws IOException {
      Headers.Builder headers = Headers.builder();
      int count = 0;
      for (String text = line(); !text.isEmpty(); text = line()) {
        if (++count > MOST_LINES) {
          throw new ProtocolException("the answer has more than " + MOST_LINES + " headers");
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        String value = text.substring(colon + 1).strip();
        if (!HeaderSyntax.name(name) || !HeaderSyntax.value(value)) {
          throw new ProtocolException("the answer has a malformed header");
        }
        headers.add(name, value);
      }
      return headers.build();
    }

    private String line() throws IOException {
      int length = 0;
      for (int c = next(); c != '\r'; c = next()) {
        if (c == '\n') {
          throw new ProtocolException("the answer has a lone line feed in its head");
        }
        if (length == line.length) {
          line = java.util.Arrays.copyOf(line, length * 2);
        }
        line[length++] = (byte) c;
      }
      if (next() != '\n') {
        throw new ProtocolException("the answer has a lone carriage return in its head");
      }
      return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    private int next() throws IOException {
      if (++total > LONGEST) {
        throw new ProtocolException("the answer's head is longer than " + LONGEST + " bytes");
      }
      int read = connection.read();
      if (read < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      return read;
    }
  }
}
