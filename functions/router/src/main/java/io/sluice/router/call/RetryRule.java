package io.sluice.router.call;

import io.sluice.core.model.ModelEvent.Failure;
import java.util.Set;

/** When a call that failed before its first text is made again, and when another model is asked. */
final class RetryRule {

  private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);

  /** The model's verdict on the request itself: no other model is asked the same. */
  private static final Set<Integer> FINAL = Set.of(400, 413, 422);

  private RetryRule() {}

  /** Whether the same target deserves a second call at once. */
  static boolean retries(Failure failure) {
    Long after = failure.retryAfterSeconds();
    return switch (failure.kind()) {
      case CONNECTION -> true;
      case STATUS -> PASSING.contains(failure.status()) && (after == null || after <= 1);
      case REFUSED, CONFIGURATION, TIMEOUT, PROTOCOL, TRUNCATED, TOO_LARGE, CANCELLED -> false;
    };
  }

  /** Whether the next candidate is asked. */
  static boolean fallsBack(Failure failure) {
    return switch (failure.kind()) {
      case CANCELLED -> false;
      case STATUS -> !FINAL.contains(failure.status());
      case REFUSED, CONFIGURATION, CONNECTION, TIMEOUT, PROTOCOL, TRUNCATED, TOO_LARGE -> true;
    };
  }
}
