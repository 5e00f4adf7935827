package io.sluice.outbound;

import io.sluice.core.time.Deadline;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes what cannot be given a timeout: writes to a server that does not read, and handshakes. One
 * sleeping thread for all of them. Thread-safe.
 */
final class Watchdog {

  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbound-watchdog").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Runs the action at that moment unless the guard is closed before. */
  Guard at(Deadline deadline, Runnable action) {
    ScheduledFuture<?> due =
        timer.schedule(action, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    return () -> due.cancel(false);
  }

  void close() {
    timer.shutdownNow();
  }

  /** Calls the watchdog off. */
  @FunctionalInterface
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }
}
