package io.sluice.authorizer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How often a stranger's token may make us fetch keys: a few times at once, then once in 30 s. Not
 * thread-safe.
 */
final class RefreshAllowance {

  /** So many that a key rotated in soon after a start is found at once. */
  static final int BURST = 4;

  static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Clock clock;
  private int left = BURST;
  private Instant since;

  RefreshAllowance(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Takes one, if there is one. */
  boolean take() {
    Instant now = clock.instant();
    long earned = Math.max(0, Duration.between(since, now).dividedBy(INTERVAL));
    if (left + earned >= BURST) {
      left = BURST;
      since = now;
    } else {
      left += (int) earned;
      since = since.plus(INTERVAL.multipliedBy(earned));
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
