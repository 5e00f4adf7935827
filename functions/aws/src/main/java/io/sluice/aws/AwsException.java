package io.sluice.aws;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call to AWS failed. The message names the action, the resource and what to change; it quotes
 * neither the request nor the answer. Immutable.
 */
public final class AwsException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What failed. */
  public enum Kind {
    /** No connection: name, address, TLS, or lost before any answer. */
    CONNECTION,
    /** The deadline passed. */
    TIMEOUT,
    /** The service, or the function's concurrency, is exhausted. */
    THROTTLED,
    /** The role, the resource's policy or the VPC endpoint's policy doesn't allow it. */
    DENIED,
    /** The service refuses the request for another reason; {@link #code()} says which. */
    REJECTED,
    /** The service failed (5xx). */
    UNAVAILABLE,
    /** The answer is not what the service's protocol says. */
    PROTOCOL,
    /** A stream ended before it was complete. */
    TRUNCATED,
    /** The invoked function failed; {@link #code()} says how. */
    FUNCTION,
    /** Nobody waits for it any more. */
    CANCELLED
  }

  private final Kind kind;
  private final String code;
  private final int status;
  private final @Nullable Long retryAfterSeconds;

  AwsException(
      Kind kind,
      String code,
      int status,
      @Nullable Long retryAfterSeconds,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public Kind kind() {
    return kind;
  }

  /** AWS's error code, such as {@code ResourceNotFoundException}; empty when there is none. */
  public String code() {
    return code;
  }

  /** The HTTP status, 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** The answer's {@code Retry-After}, {@code null} when it gave none. */
  public @Nullable Long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
