package io.sluice.outbound;

import io.sluice.core.http.Headers;
import io.sluice.core.time.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer whose body is still to be read. Closing it before the body's end closes the connection.
 * For one thread at a time; {@link #close} may be called by any.
 */
public interface OutboundResponse extends Closeable {

  int status();

  Headers headers();

  /**
   * The body. A read throws {@link java.net.SocketTimeoutException} once the read deadline has
   * passed, and {@link java.io.EOFException} where the connection ends before the body does.
   */
  InputStream body();

  /** Until when the next reads must have their bytes. */
  void readDeadline(Deadline deadline);

  @Override
  void close() throws IOException;
}
