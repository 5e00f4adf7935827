package io.sluice.outbound;

import io.sluice.core.time.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * One connection and the bytes read from it ahead. For one thread at a time, but for {@link
 * #abort()}.
 */
final class Connection {

  private static final int BUFFER = 8_192;

  /** What is waiting is read without any wait, unless TLS keeps it to itself. */
  private static final Duration TELLING = Duration.ofMillis(10);

  private final Endpoint.Origin origin;
  private final DeadlineSocket raw;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private boolean answered;

  /**
   * @param raw the socket below
   * @param socket what to speak through: the raw socket or the TLS socket above it
   */
  Connection(Endpoint.Origin origin, DeadlineSocket raw, Socket socket) throws IOException {
    this.origin = origin;
    this.raw = raw;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  Endpoint.Origin origin() {
    return origin;
  }

  /** Starts an exchange: no byte of its answer has been seen yet. */
  void begin(Deadline deadline) {
    answered = false;
    raw.deadline(deadline);
  }

  void deadline(Deadline deadline) {
    raw.deadline(deadline);
  }

  boolean late() {
    return raw.late();
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  /** Whether a byte of the exchange's answer has been read. */
  boolean answered() {
    return answered;
  }

  /** The next byte, or -1 at the connection's end. */
  int read() throws IOException {
    if (position == limit && fill() < 0) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  /** The next byte, which must exist. */
  int need() throws IOException {
    int read = read();
    if (read < 0) {
      throw new EOFException("the connection ended early");
    }
    return read;
  }

  /** As {@link InputStream#read(byte[], int, int)}: what is there, at least one byte. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == limit) {
      if (length >= BUFFER) {
        return count(in.read(bytes, offset, length));
      }
      if (fill() < 0) {
        return -1;
      }
    }
    int taken = Math.min(length, limit - position);
    System.arraycopy(buffer, position, bytes, offset, taken);
    position += taken;
    return taken;
  }

  private int fill() throws IOException {
    position = 0;
    limit = 0;
    int read = count(in.read(buffer, 0, BUFFER));
    limit = Math.max(0, read);
    return read;
  }

  private int count(int read) {
    answered |= read > 0;
    return read;
  }

  /**
   * Whether bytes are waiting. Between two exchanges there must be none: they would be taken for
   * the next answer.
   */
  boolean pending() {
    try {
      return position < limit || in.available() > 0 || raw.getInputStream().available() > 0;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Whether what is {@link #pending()} is the server's word, not just TLS's own (a ticket, or the
   * alert that it closes). Ends the connection's use: what is waiting is read.
   */
  boolean unasked() {
    if (position < limit) {
      return true;
    }
    raw.deadline(Deadline.after(TELLING));
    try {
      return in.read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Closes the connection at once, whoever is reading or writing. */
  void abort() {
    try {
      raw.close(); // without the farewell of TLS, which may block
    } catch (IOException e) {
      // It is gone, which is what we want.
    }
  }
}
