package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens on SIGTERM, which Lambda sends 2 s before it kills a sandbox with extensions: no
 * further invocation is taken, a handler that is {@link AutoCloseable} is closed and so breaks off
 * its work, invocations under way have 1.4 s to end, and what is left is ended with error trailers.
 * Thread-safe.
 */
final class Shutdown {

  /** From the signal to the moment when answers are ended in their handlers' stead. */
  static final long GRACE_MILLIS = 1_400;

  private static final long LAST_WORD_MILLIS = 100;

  private final RuntimeLog log;
  private volatile List<Worker> workers = List.of();
  private volatile @Nullable RequestStreamHandler handler;

  Shutdown(RuntimeLog log) {
    this.log = log;
  }

  /** What there is to end. */
  void covers(RequestStreamHandler handler, List<Worker> workers) {
    this.handler = handler;
    this.workers = List.copyOf(workers);
  }

  /** Ends everything; returns within a bit more than {@link #GRACE_MILLIS}. */
  void run() {
    long end = System.nanoTime() + GRACE_MILLIS * 1_000_000;
    log.log("the function is shut down");
    try {
      for (Worker worker : workers) {
        worker.end();
      }
      Thread closing = Thread.ofPlatform().daemon().name("close").start(this::closeHandler);
      for (Worker worker : workers) {
        worker.ended(left(end));
      }
      closing.join(Math.max(1, left(end)));
      for (Worker worker : workers) {
        worker.abandon(LAST_WORD_MILLIS);
      }
    } catch (IOException e) {
      log.problem("an answer could not be ended", "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeHandler() {
    if (handler instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        log.problem("the handler could not be closed", "", e);
      }
    }
  }

  private static long left(long end) {
    return Math.max(0, (end - System.nanoTime()) / 1_000_000);
  }
}
