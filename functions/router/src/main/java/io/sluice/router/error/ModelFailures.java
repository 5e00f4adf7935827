package io.sluice.router.error;

import io.sluice.core.model.ModelEvent.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Which answer a failure of the model gets: the second table of {@code docs/errors.md}. On the
 * prompts API 421 says that the model failed, not the gateway (contract 8.4). Nothing that a model
 * server says gets into the answer but its status; to embeddings alone, which GitLab asks for in
 * the background, also why it can't answer a request at all (6.1).
 */
public final class ModelFailures {

  /** Chat tells of failures inside of its stream. */
  private static final int OK = 200;

  private static final int OVERLOADED = 529;
  private static final int UNPROCESSABLE = 422;
  private static final int MISDIRECTED = 421;
  private static final Set<Integer> TOLD = Set.of(400, 401, 429);
  private static final long DEFAULT_RETRY_AFTER = 1;

  /** Words on which GitLab tells the user to start a new conversation (gitlab-client 3.3). */
  private static final String TOO_LONG_FOR_PEOPLE =
      "prompt is too long: the conversation has outgrown the model's context";

  private static final List<String> TOO_LONG =
      List.of(
          "context length",
          "context_length",
          "context window",
          "context size",
          "maximum model length",
          "max_model_len",
          "prompt is too long",
          "input is too long",
          "too many tokens",
          "too many input tokens");

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
    if (surface == Surface.EMBEDDINGS && TOLD.contains(failure.status())) {
      return told(failure);
    }
    if (failure.status() == 429 && surface != Surface.CONNECTION_CHECK && surface != Surface.CHAT) {
      return new RefusalException(
          429,
          ErrorCode.MODEL_RATE_LIMITED,
          "Too many requests. Please try again later.",
          Objects.requireNonNullElse(failure.retryAfterSeconds(), DEFAULT_RETRY_AFTER));
    }
    int status = failure.status() == 0 ? 500 : failure.status();
    String what = "answered " + ReasonPhrase.of(status);
    if (failure.status() == 429) {
      return failed(surface, ErrorCode.MODEL_RATE_LIMITED, status, 502, what);
    }
    if (isOverload(failure)) {
      String told = surface == Surface.CHAT ? "is overloaded, please try again" : what;
      return failed(surface, ErrorCode.MODEL_OVERLOADED, status, 502, told);
    }
    if (isTooLong(failure)) {
      return surface == Surface.CHAT
          ? new RefusalException(OK, ErrorCode.PROMPT_TOO_LONG, TOO_LONG_FOR_PEOPLE)
          : failed(surface, ErrorCode.PROMPT_TOO_LONG, status, 502, what);
    }
    return failed(surface, ErrorCode.MODEL_ERROR, status, 502, what);
  }

  private static boolean isOverload(Failure failure) {
    return failure.status() == OVERLOADED || failure.message().contains("overloaded_error");
  }

  /** What servers say of a prompt beyond their context has many words and no code in common. */
  private static boolean isTooLong(Failure failure) {
    if (failure.status() == 413) {
      return true;
    }
    String message = failure.message().toLowerCase(Locale.ROOT);
    for (String sign : TOO_LONG) {
      if (message.contains(sign)) {
        return true;
      }
    }
    return false;
  }

  private static RefusalException told(Failure failure) {
    boolean limited = failure.status() == 429;
    ErrorCode code = isTooLong(failure) ? ErrorCode.PROMPT_TOO_LONG : ErrorCode.MODEL_ERROR;
    return new RefusalException(
        failure.status(),
        limited ? ErrorCode.MODEL_RATE_LIMITED : code,
        failure.message().isBlank() ? ReasonPhrase.of(failure.status()) : failure.message(),
        limited
            ? Objects.requireNonNullElse(failure.retryAfterSeconds(), DEFAULT_RETRY_AFTER)
            : null);
  }

  private static RefusalException failed(
      Surface surface, ErrorCode code, int modelStatus, int codeStatus, String what) {
    return switch (surface) {
      case CONNECTION_CHECK, PROMPT ->
          new RefusalException(MISDIRECTED, code, ReasonPhrase.of(modelStatus));
      case CODE, LEGACY_CHAT, EMBEDDINGS ->
          new RefusalException(codeStatus, code, "The model server " + what);
      case CHAT -> new RefusalException(OK, code, "The model server " + what);
    };
  }
}
