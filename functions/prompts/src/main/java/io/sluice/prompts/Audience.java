package io.sluice.prompts;

import io.sluice.config.ModelFamily;

/**
 * Whom a prompt is rendered for. Immutable.
 *
 * @param family whose control tokens may not stand in data
 * @param contextTokens what prompt and answer may have together
 * @param answerTokens what is kept back for the answer, at most half of the context
 * @param prefill whether the model continues an assistant's message that is begun for it
 * @param tag what the names of all data tags end in: random for each request, letters and digits,
 *     so that data can't close a tag
 */
public record Audience(
    ModelFamily family, int contextTokens, int answerTokens, boolean prefill, String tag) {

  /** The tokens that are left for a prompt. */
  int promptTokens() {
    return contextTokens - Math.min(answerTokens, contextTokens / 2);
  }
}
