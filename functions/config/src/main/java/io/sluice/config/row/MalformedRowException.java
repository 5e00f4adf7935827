package io.sluice.config.row;

/** A row that has no typed form. */
public final class MalformedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  public MalformedRowException(String field, String text) {
    super(text);
    this.field = field;
  }

  /** What is wrong. */
  public Problem problem() {
    return new Problem(field, String.valueOf(getMessage()));
  }
}
