package io.sluice.router.error;

import io.sluice.config.Resolution;
import io.sluice.prompts.PromptNotFoundException;

/** Which answer a request gets that has no route or no prompt. */
public final class Refusals {

  private Refusals() {}

  /** The answer to a request without a route. Never 421: no model failed. */
  public static RefusalException of(Resolution.Refused refused) {
    return switch (refused.reason()) {
      case DISABLED -> new RefusalException(403, ErrorCode.FEATURE_DISABLED, refused.detail());
      case UNKNOWN_FAMILY -> new RefusalException(422, ErrorCode.UNKNOWN_FAMILY, refused.detail());
      case METADATA_REFUSED ->
          new RefusalException(422, ErrorCode.METADATA_REFUSED, refused.detail());
      case NO_MODEL -> new RefusalException(422, ErrorCode.NO_MODEL, refused.detail());
      case NO_SNAPSHOT -> new RefusalException(503, ErrorCode.NO_SNAPSHOT, refused.detail());
    };
  }

  /** The answer to a request for a prompt that there is not (contract 4.2, rows 3 to 5). */
  public static RefusalException of(PromptNotFoundException problem) {
    ErrorCode code =
        switch (problem.kind()) {
          case UNKNOWN_ID -> ErrorCode.UNKNOWN_PROMPT;
          case NO_VERSION -> ErrorCode.NO_PROMPT_VERSION;
          case BAD_CONSTRAINT -> ErrorCode.BAD_PROMPT_CONSTRAINT;
          case BAD_ROW -> ErrorCode.BAD_PROMPT_ROW;
        };
    String recorded =
        switch (problem.kind()) {
          case UNKNOWN_ID -> "there is no prompt of that id";
          case NO_VERSION -> "no version of the prompt matches the constraint";
          case BAD_CONSTRAINT -> "the constraint of the prompt's version is none";
          case BAD_ROW -> String.valueOf(problem.getMessage());
        };
    int status = problem.kind() == PromptNotFoundException.Kind.BAD_ROW ? 503 : 400;
    return new RefusalException(status, code, String.valueOf(problem.getMessage()), recorded);
  }
}
