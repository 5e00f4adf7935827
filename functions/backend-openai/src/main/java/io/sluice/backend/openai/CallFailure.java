package io.sluice.backend.openai;

import io.sluice.core.model.ModelEvent.Failure;

/** Ends a call with a failure that is already in words for the log. */
final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  CallFailure(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  CallFailure(Failure.Kind kind, String message) {
    this(new Failure(kind, 0, message, null));
  }

  Failure failure() {
    return failure;
  }
}
