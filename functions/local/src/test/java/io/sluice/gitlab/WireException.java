package io.sluice.gitlab;

import java.io.IOException;

/** No whole answer came, as a client tells the reasons apart. */
public final class WireException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Kind {
    /** There was no connection, or it ended before the answer's headers. */
    CONNECTION,
    /** The client's patience ended. */
    TIMEOUT,
    /** The body ended in the middle. */
    TRUNCATED
  }

  private final Kind kind;

  WireException(Kind kind, Throwable cause) {
    super(kind + ": " + cause, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
