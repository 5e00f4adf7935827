package io.sluice.core.time;

import java.time.Duration;

/** A moment by the monotonic clock. Immutable. */
public record Deadline(long nanos) {

  /** The moment after that time from now; times beyond 100 years count as 100 years. */
  public static Deadline after(Duration time) {
    Duration longest = Duration.ofDays(36_500);
    Duration bounded = time.compareTo(longest) > 0 ? longest : time;
    return new Deadline(System.nanoTime() + bounded.toNanos());
  }

  /** The moment that never comes: 100 years from now. */
  public static Deadline never() {
    return after(Duration.ofDays(36_500));
  }

  /** The time left; zero when it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  public boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** The earlier of the two. */
  public Deadline earlier(Deadline other) {
    return nanos - other.nanos <= 0 ? this : other;
  }
}
