package io.sluice.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer may take; {@code null} leaves it to the route.
 *
 * @param firstEvent until the model's first event, at most {@link #MAX_FIRST_EVENT}
 * @param idle between two events, at most {@link #MAX_IDLE}
 * @param total until the end, at most {@link #MAX_TOTAL}
 */
public record TimeLimits(
    @Nullable Duration firstEvent, @Nullable Duration idle, @Nullable Duration total) {

  /** No limit is set. */
  public static final TimeLimits NONE = new TimeLimits(null, null, null);

  public static final Duration MAX_FIRST_EVENT = Duration.ofMinutes(10);
  public static final Duration MAX_IDLE = Duration.ofMinutes(10);

  /** One minute less than the 15 minutes that a Lambda function may run. */
  public static final Duration MAX_TOTAL = Duration.ofMinutes(14);

  /** These limits where they are set, else the other's. */
  public TimeLimits or(TimeLimits other) {
    return new TimeLimits(
        firstEvent != null ? firstEvent : other.firstEvent,
        idle != null ? idle : other.idle,
        total != null ? total : other.total);
  }

  /** The shorter of each limit. */
  public TimeLimits shorter(TimeLimits other) {
    return new TimeLimits(
        shorter(firstEvent, other.firstEvent),
        shorter(idle, other.idle),
        shorter(total, other.total));
  }

  private static @Nullable Duration shorter(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
