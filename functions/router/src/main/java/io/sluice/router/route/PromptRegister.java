package io.sluice.router.route;

import io.sluice.config.Ability;
import io.sluice.config.Candidate;
import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonObject;
import io.sluice.prompts.Audience;
import io.sluice.prompts.MissingInputException;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.PromptNotFoundException;
import io.sluice.prompts.PromptRegistry;
import io.sluice.prompts.RandomTag;
import io.sluice.prompts.Rendered;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Refusals;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The prompts, with what is missing told as an answer. Thread-safe. */
final class PromptRegister {

  private static final String ANY_VERSION = "*";

  /** Kept back for answers whose length neither prompt nor family says. */
  private static final int ANSWER_TOKENS = 4096;

  private final PromptRegistry prompts;
  private final RandomGenerator random;

  /**
   * @param random makes what the data's tags end in; thread-safe
   */
  PromptRegister(PromptRegistry prompts, RandomGenerator random) {
    this.prompts = prompts;
    this.random = random;
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

  /** The prompt with these inputs, as that candidate gets it. */
  Rendered render(Prompt prompt, JsonObject inputs, Candidate candidate) throws RefusalException {
    return render(prompt, inputs, candidate, 0);
  }

  /**
   * The same.
   *
   * @param taken the tokens that other messages of the same question take
   */
  Rendered render(Prompt prompt, JsonObject inputs, Candidate candidate, int taken)
      throws RefusalException {
    try {
      return prompt.render(inputs, audience(prompt, candidate, taken));
    } catch (MissingInputException e) {
      throw new RefusalException(422, ErrorCode.MISSING_INPUT, String.valueOf(e.getMessage()));
    }
  }

  private Audience audience(Prompt prompt, Candidate candidate, int taken) {
    Integer wanted = prompt.sampling().or(candidate.family().sampling()).maxTokens();
    int answer = wanted == null ? ANSWER_TOKENS : wanted;
    return new Audience(
        candidate.family(),
        candidate.contextTokens() - taken,
        candidate.maxOutputTokens() > 0 ? Math.min(answer, candidate.maxOutputTokens()) : answer,
        candidate.supports().contains(Ability.PREFILL),
        RandomTag.of(random));
  }

  private Prompt find(String id, ModelFamily family, String constraint) throws RefusalException {
    try {
      return prompts.find(id, family, constraint);
    } catch (PromptNotFoundException e) {
      throw Refusals.of(e);
    }
  }
}
