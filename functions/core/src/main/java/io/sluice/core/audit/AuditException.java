package io.sluice.core.audit;

/** An audit record could not be kept. */
public final class AuditException extends Exception {
  private static final long serialVersionUID = 1L;

  public AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
