package io.sluice.lambda;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept HTTP/1.1 connection to the Runtime API, on a plain socket: the JDK's HTTP clients can
 * send no request trailers. What is given to {@link #send} leaves at once and together. For one
 * worker; only {@link #close} may come from another thread, and ends whatever waits.
 */
final class RuntimeConnection implements Closeable {

  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_BODY = 64 * 1024 * 1024;
  private static final int PIECE = 64 * 1024;
  private static final int CONNECT_MILLIS = 5_000;

  private final SocketChannel channel;
  private final String host;
  private final ByteBuffer in = ByteBuffer.allocate(16 * 1024).limit(0);

  /** An answer of the Runtime API; names of headers are in lower case. */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, Map<String, String> headers, byte[] body) {}

  private RuntimeConnection(SocketChannel channel, String host) {
    this.channel = channel;
    this.host = host;
  }

  /**
   * Connects to {@code host:port}; reads never time out, since an invocation may be long in coming.
   */
  static RuntimeConnection open(String authority) throws IOException {
    int colon = authority.lastIndexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    int port = colon < 0 ? 80 : number(authority.substring(colon + 1), 10);
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new RuntimeConnection(channel, authority);
  }

  /** A request's head; the lines are complete headers without line ends. */
  byte[] head(String method, String path, String... lines) {
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    for (String line : lines) {
      head.append("\r\n").append(line);
    }
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends those bytes in as few segments as they fit. */
  void send(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer due = ByteBuffer.wrap(bytes, offset, length);
    int end = due.limit();
    while (due.position() < end) {
      due.limit(Math.min(end, due.position() + PIECE)); // the JDK copies as much outside the heap
      channel.write(due);
    }
  }

  /**
   * Whether the Runtime API has something to say already, or has closed the connection. Doesn't
   * wait.
   */
  boolean spoken() throws IOException {
    if (in.hasRemaining()) {
      return true;
    }
    channel.configureBlocking(false);
    try {
      return fill() != 0;
    } finally {
      channel.configureBlocking(true);
    }
  }

  /** Waits for the answer and reads the whole of it. */
  Answer answer() throws IOException {
    String[] first = line().split(" ", 3);
    if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
      throw new IOException("the Runtime API does not speak HTTP");
    }
    int status = number(first[1], 10);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    if (status / 100 == 1) {
      return answer(); // such as 100 Continue: the answer follows
    }
    byte[] body =
        "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
            ? chunks()
            : bytes(number(headers.getOrDefault("content-length", "0"), 10));
    return new Answer(status, headers, body);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line();
      int end = size.indexOf(';');
      int length = number((end < 0 ? size : size.substring(0, end)).strip(), 16);
      if (length == 0) {
        while (!line().isEmpty()) {
          // trailers mean nothing to us
        }
        return body.toByteArray();
      }
      body.write(bytes(length), 0, length);
      line();
    }
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    int have = Math.min(length, in.remaining());
    in.get(bytes, 0, have);
    while (have < length) {
      int count = channel.read(ByteBuffer.wrap(bytes, have, Math.min(PIECE, length - have)));
      if (count < 0) {
        throw new EOFException("the Runtime API closed the connection");
      }
      have += count;
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (!in.hasRemaining() && fill() < 0) {
        throw new EOFException("the Runtime API closed the connection");
      }
      char c = (char) (in.get() & 0xff);
      if (c == '\n') {
        break;
      }
      if (line.length() > MAX_LINE) {
        throw new IOException("a header line of the Runtime API is too long");
      }
      line.append(c);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  private int fill() throws IOException {
    in.clear();
    try {
      return channel.read(in);
    } finally {
      in.flip();
    }
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number >= 0 && number <= MAX_BODY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IOException("the Runtime API sent a number that can't be");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
