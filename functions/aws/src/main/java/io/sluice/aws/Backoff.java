package io.sluice.aws;

import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The pauses between attempts: exponential with full jitter, within a deadline. For one thread. */
final class Backoff {

  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 1_000;

  private final Deadline deadline;
  private final Cancellation cancellation;
  private long most = FIRST_MILLIS;

  Backoff(Deadline deadline, Cancellation cancellation) {
    this.deadline = deadline;
    this.cancellation = cancellation;
  }

  /** Waits; whether another attempt may follow. */
  boolean pause() {
    long millis = ThreadLocalRandom.current().nextLong(most + 1);
    most = Math.min(LONGEST_MILLIS, most * 2);
    if (deadline.remaining().compareTo(Duration.ofMillis(millis)) <= 0) {
      return false;
    }
    CountDownLatch cancelled = new CountDownLatch(1);
    try (var _ = cancellation.onCancel(cancelled::countDown)) {
      return !cancelled.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
