package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.prompts.MissingInputException;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.PromptNotFoundException;
import io.sluice.prompts.PromptRegistry;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Refusals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prompts, with what is missing told as an answer. Thread-safe. */
final class PromptRegister {

  private static final String ANY_VERSION = "*";

  private final PromptRegistry prompts;

  PromptRegister(PromptRegistry prompts) {
    this.prompts = prompts;
  }

  /**
   * What holds for a prompt whichever model answers: its feature and its unit primitive.
   *
   * @throws RefusalException if there is no prompt of that id
   */
  Prompt any(String id) throws RefusalException {
    return find(id, ModelFamily.GENERAL, ANY_VERSION);
  }

  /** The prompt for that candidate; a {@code null} constraint is the default one. */
  Prompt find(String id, Candidate candidate, @Nullable String constraint) throws RefusalException {
    return find(
        id,
        candidate.family(),
        constraint == null ? PromptRegistry.DEFAULT_CONSTRAINT : constraint);
  }

  /**
   * That constraint if a version of the prompt satisfies it, else {@code null} for the default one:
   * code generation accepts any version (contract 3.6).
   */
  @Nullable String lenient(String id, @Nullable String constraint) {
    try {
      if (constraint != null) {
        prompts.find(id, ModelFamily.GENERAL, constraint);
      }
      return constraint;
    } catch (PromptNotFoundException e) {
      return null;
    }
  }

  /** The messages for these inputs. */
  List<Message> render(Prompt prompt, JsonObject inputs) throws RefusalException {
    try {
      return prompt.render(inputs);
    } catch (MissingInputException e) {
      throw new RefusalException(422, ErrorCode.MISSING_INPUT, String.valueOf(e.getMessage()));
    }
  }

  private Prompt find(String id, ModelFamily family, String constraint) throws RefusalException {
    try {
      return prompts.find(id, family, constraint);
    } catch (PromptNotFoundException e) {
      throw Refusals.of(e);
    }
  }
}
