package io.sluice.outbound;

import io.sluice.core.http.Headers;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** A response on its connection; gives the connection back to the pool at the body's end. */
final class SocketResponse implements OutboundResponse {

  /** What closing waits for the end of a body of which everything wanted has been read. */
  private static final Duration FAREWELL = Duration.ofMillis(10);

  private static final int FAREWELL_BYTES = 16_384;

  private final ResponseHead head;
  private final Connection connection;
  private final BodyReader body;
  private final ConnectionPool pool;
  private final Cancellation.Registration registration;
  private final ReentrantLock reading = new ReentrantLock();
  private boolean reusable;
  private boolean over;

  SocketResponse(
      ResponseHead head,
      Connection connection,
      boolean reusable,
      ConnectionPool pool,
      Cancellation.Registration registration)
      throws IOException {
    this.head = head;
    this.connection = connection;
    this.body = BodyReader.of(head, connection);
    this.pool = pool;
    this.registration = registration;
    this.reusable = reusable && head.persistent();
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public Headers headers() {
    return head.headers();
  }

  @Override
  public void readDeadline(Deadline deadline) {
    connection.deadline(deadline);
  }

  @Override
  public InputStream body() {
    return new Body();
  }

  @Override
  public void close() {
    if (!reading.tryLock()) {
      connection.abort(); // another thread is reading: its read ends now
      return;
    }
    try {
      if (!over) {
        farewell();
        end();
      }
    } finally {
      reading.unlock();
    }
  }

  /** A stream's reader stops at the last event; the last chunk's few bytes are usually there. */
  private void farewell() {
    if (!reusable) {
      return;
    }
    connection.deadline(Deadline.after(FAREWELL));
    byte[] rest = new byte[1024];
    try {
      int read = 0;
      for (int total = 0; read >= 0 && total < FAREWELL_BYTES; total += read) {
        read = body.read(rest, 0, rest.length);
      }
    } catch (IOException e) {
      reusable = false;
    }
  }

  /** Gives the connection back, or closes it where more may come on it. */
  private void end() {
    if (over) {
      return;
    }
    over = true;
    registration.close();
    if (!reusable || !body.complete()) {
      connection.abort();
    } else if (connection.pending()) {
      pool.refuse(connection);
    } else {
      pool.give(connection);
    }
  }

  private final class Body extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      reading.lock();
      try {
        if (over) {
          if (body.complete()) {
            return -1;
          }
          throw new IOException("the response is closed");
        }
        int read = body.read(bytes, offset, length);
        if (read < 0) {
          end();
        }
        return read;
      } catch (IOException | RuntimeException e) {
        reusable = false;
        throw e;
      } finally {
        reading.unlock();
      }
    }

    @Override
    public void close() {
      SocketResponse.this.close();
    }
  }
}
