package io.sluice.router.api;

import java.util.List;
import java.util.stream.Collectors;

/** A request that violates its schema. */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Problem> problems;

  InvalidRequestException(int status, List<Problem> problems) {
    super("the request violates its schema", null, false, false);
    this.status = status;
    this.problems = List.copyOf(problems);
  }

  /** A request whose body is not acceptable as a whole. */
  public InvalidRequestException(String message) {
    this(422, List.of(new Problem("", message, false)));
  }

  /** The answer's status: 422, or 400 where the contract says so. */
  public int status() {
    return status;
  }

  /**
   * The answer's text.
   *
   * @param detailed whether hidden problems may be told, too (contract 9.3)
   */
  public String detail(boolean detailed) {
    boolean tell = detailed || problems.stream().allMatch(Problem::disclosed);
    return tell ? list() : "Validation error";
  }

  /** All problems on one line, for the log. */
  public String list() {
    return problems.stream().limit(20).map(Problem::toString).collect(Collectors.joining("; "));
  }
}
