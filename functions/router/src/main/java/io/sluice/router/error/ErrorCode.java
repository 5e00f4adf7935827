package io.sluice.router.error;

import java.util.Locale;

/** Why a request was not answered, as logs and audit records say it ({@code docs/errors.md}). */
public enum ErrorCode {
  NOT_FOUND,
  METHOD_NOT_ALLOWED,
  BODY_REFUSED,
  INVALID_REQUEST,
  FORBIDDEN,
  FEATURE_DISABLED,
  UNKNOWN_FAMILY,
  METADATA_REFUSED,
  NO_MODEL,
  NO_SNAPSHOT,
  UNKNOWN_PROMPT,
  NO_PROMPT_VERSION,
  BAD_PROMPT_CONSTRAINT,
  BAD_PROMPT_ROW,
  MISSING_INPUT,
  DOCS_INDEX,
  UNSUPPORTED_CONVERSATION,
  MODEL_REFUSED,
  MODEL_CONFIGURATION,
  MODEL_UNREACHABLE,
  MODEL_RATE_LIMITED,
  MODEL_OVERLOADED,
  MODEL_ERROR,
  PROMPT_TOO_LONG,
  MODEL_TIMEOUT,
  MODEL_PROTOCOL,
  MODEL_TRUNCATED,
  MODEL_TOO_LARGE,
  CALLER_GONE;

  /** Whether the model failed, or what it was asked was nothing for it: no fault of the gateway. */
  public boolean ofModel() {
    return switch (this) {
      case UNSUPPORTED_CONVERSATION,
          MODEL_UNREACHABLE,
          MODEL_RATE_LIMITED,
          MODEL_OVERLOADED,
          MODEL_ERROR,
          PROMPT_TOO_LONG,
          MODEL_TIMEOUT,
          MODEL_PROTOCOL,
          MODEL_TRUNCATED,
          MODEL_TOO_LARGE ->
          true;
      default -> false;
    };
  }

  /** The code in records. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
