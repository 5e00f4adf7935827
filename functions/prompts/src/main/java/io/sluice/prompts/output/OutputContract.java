package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt's answer must look like, so that GitLab can read it. Judging is pure; thread-safe.
 */
public interface OutputContract {

  /**
   * Judges an answer as a whole.
   *
   * @param answer the model's text, reasoning taken off
   * @param inputs the request's inputs, as the caller sent them
   */
  Verdict judge(String answer, JsonObject inputs);

  /**
   * Whether the answer is judged before any of it is given on. An answer that a person reads while
   * it is made is not.
   */
  default boolean gathers() {
    return true;
  }

  /**
   * What an answer goes through that is given on as it is made; {@code null} where nothing of it
   * can be wrong.
   *
   * @param inputs the request's inputs, as the caller sent them
   */
  default @Nullable AnswerFilter filter(JsonObject inputs) {
    return null;
  }

  /**
   * The JSON schema of the answer, for models that can be held to one; {@code null} where the
   * answer is no JSON.
   */
  default @Nullable JsonObject schema() {
    return null;
  }

  /** What was found. */
  sealed interface Verdict {

    /** The answer to give on. */
    String text();
  }

  /** The answer is as it must be. */
  record Kept(String text) implements Verdict {}

  /**
   * The answer was made what it must be, without adding content.
   *
   * @param repair what was done, for the audit record: a few words, none of the answer's
   */
  record Repaired(String text, String repair) implements Verdict {}

  /**
   * GitLab could not read the answer.
   *
   * @param text the answer, made as harmless as an answer that is kept
   * @param reason what is wrong: for the model, which is asked again, and for the audit record;
   *     none of the answer's words
   */
  record Broken(String text, String reason) implements Verdict {}
}
