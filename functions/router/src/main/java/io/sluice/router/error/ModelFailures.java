package io.sluice.router.error;

import io.sluice.core.model.ModelEvent.Failure;
import java.util.Objects;

/**
 * Which answer a failure of the model gets: the second table of {@code docs/errors.md}. On the
 * prompts API 421 says that the model failed, not the gateway (contract 8.4). Nothing that a model
 * server says gets into the answer but its status.
 */
public final class ModelFailures {

  private static final int UNPROCESSABLE = 422;
  private static final int MISDIRECTED = 421;
  private static final long DEFAULT_RETRY_AFTER = 1;

  private ModelFailures() {}

  /** The answer to a request whose model failed. */
  public static RefusalException refusal(Surface surface, Failure failure) {
    return switch (failure.kind()) {
      case REFUSED ->
          new RefusalException(UNPROCESSABLE, ErrorCode.MODEL_REFUSED, failure.message());
      case CONFIGURATION ->
          new RefusalException(UNPROCESSABLE, ErrorCode.MODEL_CONFIGURATION, failure.message());
      case CONNECTION -> failed(surface, ErrorCode.MODEL_UNREACHABLE, 500, 502, "can't be reached");
      case STATUS -> status(surface, failure);
      case TIMEOUT -> failed(surface, ErrorCode.MODEL_TIMEOUT, 408, 504, "did not answer in time");
      case PROTOCOL ->
          failed(surface, ErrorCode.MODEL_PROTOCOL, 500, 502, "gave an answer that is malformed");
      case TRUNCATED ->
          failed(surface, ErrorCode.MODEL_TRUNCATED, 502, 502, "broke off its answer");
      case TOO_LARGE ->
          failed(surface, ErrorCode.MODEL_TOO_LARGE, 502, 502, "gave an answer that is too large");
      case CANCELLED -> failed(surface, ErrorCode.CALLER_GONE, 500, 502, "was not waited for");
    };
  }

  private static RefusalException status(Surface surface, Failure failure) {
    if (failure.status() == 429 && surface != Surface.CONNECTION_CHECK) {
      return new RefusalException(
          429,
          ErrorCode.MODEL_RATE_LIMITED,
          "Too many requests. Please try again later.",
          Objects.requireNonNullElse(failure.retryAfterSeconds(), DEFAULT_RETRY_AFTER));
    }
    ErrorCode code = failure.status() == 429 ? ErrorCode.MODEL_RATE_LIMITED : ErrorCode.MODEL_ERROR;
    int status = failure.status() == 0 ? 500 : failure.status();
    return failed(surface, code, status, 502, "answered " + ReasonPhrase.of(status));
  }

  private static RefusalException failed(
      Surface surface, ErrorCode code, int modelStatus, int codeStatus, String what) {
    return surface == Surface.CODE
        ? new RefusalException(codeStatus, code, "The model server " + what)
        : new RefusalException(MISDIRECTED, code, ReasonPhrase.of(modelStatus));
  }
}
