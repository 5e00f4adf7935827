package io.sluice.core.http;

import java.io.IOException;

/**
 * Where an answer goes: either one {@link #send}, or {@link #begin}, any number of {@link #write}s
 * and one {@link #end} or {@link #abort}. Every write leaves at once. Methods block until the host
 * has taken the bytes; an {@link IOException} means that the caller is gone.
 *
 * <p>Implementations are safe for use by one thread at a time; {@link #abort} and {@link #onClosed}
 * may be called by any thread at any time.
 */
public interface ResponseStream {

  /** Sends a whole answer. */
  void send(HttpResponse response) throws IOException;

  /** Sends status and headers of an answer whose length is not known. */
  void begin(int status, Headers headers) throws IOException;

  /** Sends a piece of the body. An empty piece sends nothing. */
  void write(byte[] piece) throws IOException;

  /** Ends the body in order. */
  void end() throws IOException;

  /** Breaks the answer off, so that the caller sees that it is not whole. Never throws. */
  void abort();

  /**
   * Runs the action once when the caller leaves before the answer's end; at once if it has left.
   * Hosts that cannot know (Lambda) never run it.
   */
  void onClosed(Runnable action);
}
