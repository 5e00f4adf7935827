package io.sluice.prompts;

/** No prompt answers what was asked for; the message is fit for the caller (contract 4.2). */
public final class PromptNotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why nothing was found. */
  public enum Kind {
    /** There is no prompt of that id. */
    UNKNOWN_ID,
    /** The prompt has no version that satisfies the constraint. */
    NO_VERSION,
    /** The constraint is none, and no version has that exact name. */
    BAD_CONSTRAINT,
    /** An administrator's row takes the prompt's place, but can't be used; the message names it. */
    BAD_ROW
  }

  private final Kind kind;

  PromptNotFoundException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
