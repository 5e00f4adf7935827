package io.sluice.router.remote;

import io.sluice.aws.AwsException;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import org.jspecify.annotations.Nullable;

/** What a failed invocation is as a failure of the call. */
final class InvocationFailures {

  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY = 429;
  private static final int CRASHED = 500;
  private static final int LONGEST_MESSAGE = 300;

  private InvocationFailures() {}

  /**
   * The call's failure.
   *
   * @param begun whether events came before it
   */
  static Failure of(AwsException e, boolean begun) {
    return switch (e.kind()) {
      case CONNECTION -> failure(Kind.CONNECTION, 0, e);
      case TIMEOUT -> failure(Kind.TIMEOUT, 0, e);
      case PROTOCOL -> failure(Kind.PROTOCOL, 0, e);
      case TRUNCATED -> failure(Kind.TRUNCATED, 0, e);
      case CANCELLED -> failure(Kind.CANCELLED, 0, e);
      case THROTTLED ->
          failure(
              Kind.STATUS,
              TOO_MANY,
              e.getMessage() + ". Its reserved concurrency is a parameter of the stack",
              e.retryAfterSeconds());
      case DENIED -> failure(Kind.CONFIGURATION, 0, e);
      case REJECTED ->
          e.status() == TOO_LARGE
              ? failure(Kind.STATUS, TOO_LARGE, e)
              : failure(Kind.CONFIGURATION, 0, e);
      case UNAVAILABLE ->
          e.status() == 0 ? failure(Kind.TRUNCATED, 0, e) : failure(Kind.STATUS, e.status(), e);
      case FUNCTION -> function(e, begun);
    };
  }

  /** A function that ran out of time, crashed before it answered, or broke off. */
  private static Failure function(AwsException e, boolean begun) {
    if (e.code().contains("Timedout") || e.code().contains("Timeout")) {
      return failure(Kind.TIMEOUT, 0, e);
    }
    return begun ? failure(Kind.TRUNCATED, 0, e) : failure(Kind.STATUS, CRASHED, e);
  }

  private static Failure failure(Kind kind, int status, AwsException e) {
    return failure(kind, status, String.valueOf(e.getMessage()), e.retryAfterSeconds());
  }

  private static Failure failure(
      Kind kind, int status, String message, @Nullable Long retryAfterSeconds) {
    String brief =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    return new Failure(kind, status, brief, retryAfterSeconds);
  }
}
