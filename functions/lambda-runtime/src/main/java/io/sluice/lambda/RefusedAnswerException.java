package io.sluice.lambda;

import java.io.IOException;

/** The Runtime API's refusal of an answer. Its message quotes nothing. */
final class RefusedAnswerException extends IOException {

  private static final long serialVersionUID = 1;

  private final int status;

  RefusedAnswerException(int status) {
    super("the Runtime API answered " + status + meaning(status));
    this.status = status;
  }

  /**
   * Whether the runtime must end: Lambda's developer guide says so of a 500, "non-recoverable
   * state".
   */
  boolean fatal() {
    return status == 500;
  }

  private static String meaning(int status) {
    return switch (status) {
      case 413 -> ": the answer is larger than Lambda takes";
      case 403 -> ": the invocation is over, or was answered before";
      case 500 -> ": the sandbox is broken";
      default -> "";
    };
  }
}
