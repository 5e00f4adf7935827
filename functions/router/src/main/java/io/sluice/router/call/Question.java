package io.sluice.router.call;

import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * What one candidate is asked.
 *
 * @param input what to answer
 * @param sampling how, before the rows and the family are heard
 * @param prompt the prompt it was made with, {@code null} for a client's own messages
 * @param inputTokens the estimated tokens of the caller's own text in it
 */
public record Question(
    ModelCall.Input input, Sampling sampling, @Nullable Prompt prompt, int inputTokens) {}
