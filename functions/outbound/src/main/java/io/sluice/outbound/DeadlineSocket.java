package io.sluice.outbound;

import io.sluice.core.time.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket whose reads end at a moment, not after a time: a server that dribbles gains nothing by
 * it. TLS sockets read through it, so that a handshake or a record that dribbles is bounded too. It
 * uses no proxy.
 */
final class DeadlineSocket extends Socket {

  private static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();

  private volatile Deadline deadline = new Deadline(System.nanoTime());

  DeadlineSocket() {
    super(Proxy.NO_PROXY);
  }

  /** Until when reads must have their bytes. */
  void deadline(Deadline moment) {
    deadline = moment;
  }

  boolean late() {
    return deadline.passed();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new TimedInput(super.getInputStream());
  }

  /** The time that is left, rounded up, as a socket timeout. */
  int millisLeft() throws SocketTimeoutException {
    long nanos = deadline.nanos() - System.nanoTime();
    if (nanos <= 0) {
      throw new SocketTimeoutException("the deadline has passed");
    }
    return (int) Math.min(LONGEST_MILLIS, (nanos + 999_999) / 1_000_000);
  }

  private final class TimedInput extends FilterInputStream {

    TimedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      setSoTimeout(millisLeft());
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      setSoTimeout(millisLeft());
      return in.read(bytes, offset, length);
    }
  }
}
