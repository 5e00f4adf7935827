package io.sluice.local.http;

/** A head that is not acceptable. */
final class MalformedHeadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ProtocolError problem;

  MalformedHeadException(ProtocolError problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  ProtocolError problem() {
    return problem;
  }
}
