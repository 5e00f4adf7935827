package io.sluice.stack.http;

import io.sluice.core.http.Headers;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Serves HTTP/1.1 on the loopback address, a virtual thread a connection. Thread-safe. */
public final class HttpServer implements AutoCloseable {

  private static final int MAX_HEAD = 64 * 1024;

  private final ServerSocket listener;
  private final Handler handler;
  private final int maxBody;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Answers requests. */
  @FunctionalInterface
  public interface Handler {
    /** Answers one; what it throws ends the connection. */
    void answer(HttpMessage request, HttpAnswer answer) throws IOException, InterruptedException;
  }

  private HttpServer(ServerSocket listener, int maxBody, Handler handler) {
    this.listener = listener;
    this.maxBody = maxBody;
    this.handler = handler;
  }

  /**
   * Starts a server.
   *
   * @param port 0 for a free one
   * @param maxBody a longer body is handed on cut to one byte more than this
   */
  public static HttpServer start(int port, int maxBody, Handler handler) {
    try {
      HttpServer server =
          new HttpServer(
              new ServerSocket(port, 1024, InetAddress.ofLiteral("127.0.0.1")), maxBody, handler);
      Thread.ofVirtual().name("http-accept").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port, e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().name("http").start(() -> serve(socket));
      } catch (IOException e) {
        // Closed, or a connection that broke before it began.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
      boolean goesOn = true;
      while (goesOn) {
        HttpMessage request = read(in, out, socket.getInetAddress().getHostAddress());
        if (request == null) {
          return;
        }
        HttpAnswer answer = new HttpAnswer(out, request.method());
        handler.answer(request, answer);
        goesOn =
            answer.complete()
                && request.body().length <= maxBody
                && !request.headers().first("Connection", "").equalsIgnoreCase("close");
      }
    } catch (IOException | NumberFormatException e) {
      // The caller left, or broke the protocol.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private @Nullable HttpMessage read(InputStream in, OutputStream out, String client)
      throws IOException {
    String first = line(in, MAX_HEAD);
    if (first == null) {
      return null;
    }
    String[] parts = first.split(" ", 3);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new IOException("no request line");
    }
    Headers.Builder builder = Headers.builder();
    int left = MAX_HEAD - first.length();
    for (String line = need(in, left); !line.isEmpty(); line = need(in, left)) {
      left -= line.length();
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("no header line");
      }
      builder.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    Headers headers = builder.build();
    if (headers.first("Expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    byte[] body =
        headers.first("Transfer-Encoding", "").equalsIgnoreCase("chunked")
            ? chunks(in)
            : in.readNBytes((int) Math.min(length(headers), maxBody + 1L));
    return new HttpMessage(parts[0], parts[1], headers, body, client);
  }

  private static long length(Headers headers) {
    return Long.parseLong(headers.first("Content-Length", "0"));
  }

  private byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() <= maxBody) {
      String line = need(in, 1024);
      int semicolon = line.indexOf(';');
      int size = Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), 16);
      if (size == 0) {
        for (String trailer = need(in, MAX_HEAD); !trailer.isEmpty(); ) {
          trailer = need(in, MAX_HEAD);
        }
        break;
      }
      body.writeBytes(in.readNBytes(size));
      need(in, 2);
    }
    return body.toByteArray();
  }

  private static String need(InputStream in, int limit) throws IOException {
    String line = line(in, limit);
    if (line == null) {
      throw new EOFException();
    }
    return line;
  }

  private static @Nullable String line(InputStream in, int limit) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (line.length() > limit) {
        throw new IOException("the head is too long");
      }
      line.append((char) c);
    }
    int last = line.length() - 1;
    return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
  }

  /** Closes the listener and every connection. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
