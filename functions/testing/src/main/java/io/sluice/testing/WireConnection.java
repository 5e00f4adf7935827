package io.sluice.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server's end of a connection, for scripts. For one thread at a time. */
public final class WireConnection {

  private final Socket socket;
  private final InputStream in;

  WireConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * A request as it came in.
   *
   * @param headers by lower-case name; the last of several counts
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Request(String method, String target, Map<String, String> headers, byte[] body) {

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** The next request with its whole body, or {@code null} once the peer has closed. */
  public @Nullable Request request() throws IOException {
    String first = line();
    if (first == null) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = need(); !line.isEmpty(); line = need()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    String[] parts = first.split(" ", 3);
    return new Request(parts[0], parts[1], Map.copyOf(headers), body);
  }

  private String need() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException();
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** Sends the text as UTF-8, in one write. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the bytes in one write. */
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends an answer of that status and body, with its Content-Length. */
  public void answer(int status, String contentType, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    send(
        "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, contentType, length, body));
  }

  /** Waits until the peer closes the connection; what it sends until then is dropped. */
  public void untilClosed() throws IOException {
    in.transferTo(java.io.OutputStream.nullOutputStream());
  }

  /** Breaks the connection: the peer sees a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
