package io.sluice.router.answer;

import io.sluice.core.time.Cancellation;
import java.io.IOException;
import java.time.Duration;

/**
 * Shows a caller that its answer is still being made (design, decision 4), on a virtual thread of
 * its own beside the one that the model's text comes from.
 *
 * @param patience how long the first text may take before status and headers are sent without it
 * @param interval how long a stream may be silent
 */
public record KeepAlive(Duration patience, Duration interval) {

  public static final KeepAlive DEFAULT =
      new KeepAlive(Duration.ofSeconds(20), Duration.ofSeconds(15));

  /** A running keep-alive; closing it ends it. */
  public interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /** Starts; cancels the model call when the caller turns out to be gone. */
  public Running start(SuggestionEventStream stream, Cancellation cancellation) {
    Thread.ofVirtual().name("keep-alive").start(() -> run(stream, cancellation));
    return stream::close;
  }

  private void run(SuggestionEventStream stream, Cancellation cancellation) {
    try {
      stream.keepAlive(patience, interval);
    } catch (IOException e) {
      cancellation.cancel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
