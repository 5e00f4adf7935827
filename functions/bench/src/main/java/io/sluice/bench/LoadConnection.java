package io.sluice.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A kept HTTP/1.1 connection that costs little itself. For one thread at a time. */
final class LoadConnection implements AutoCloseable {

  /**
   * What one request brought.
   *
   * @param status the HTTP status
   * @param firstByteNanos from sending to the first byte of the body
   * @param totalNanos from sending to the answer's end
   * @param body the body's text
   */
  record Answer(int status, long firstByteNanos, long totalNanos, String body) {}

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  LoadConnection(int port) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    socket.setSoTimeout(120_000);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    out = socket.getOutputStream();
  }

  /** Sends the bytes of one request and reads its answer. */
  Answer exchange(byte[] request) throws IOException {
    long start = System.nanoTime();
    out.write(request);
    String statusLine = line();
    int status = Integer.parseInt(statusLine.substring(9, 12));
    long length = -1;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Long.parseLong(header.substring(15).trim());
      } else if (header.regionMatches(true, 0, "Transfer-Encoding:", 0, 18)) {
        chunked = true;
      }
    }
    StringBuilder body = new StringBuilder();
    long first = 0;
    if (chunked) {
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        first = first == 0 ? System.nanoTime() - start : first;
        body.append(exactly(size));
        line();
      }
      line();
    } else {
      body.append(exactly((int) Math.max(0, length)));
      first = System.nanoTime() - start;
    }
    return new Answer(status, first, System.nanoTime() - start, body.toString());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().trim(), 16);
  }

  private String exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the answer was cut off");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }
}
