package io.sluice.local.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A caller that writes what it is told, byte by byte, and reads what comes. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient(InetSocketAddress server) throws IOException {
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  RawClient send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** An answer's head, with the empty line. */
  String head() throws IOException {
    return upTo("\r\n\r\n");
  }

  /** What comes next, up to and with that text. */
  String upTo(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (text.indexOf(end) < 0) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("the connection ended after: " + text);
      }
      text.append((char) c);
    }
    return text.toString();
  }

  /** Everything up to the connection's end. */
  String rest() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(bytes);
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether nothing more comes; a reset counts. */
  boolean ended() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
