package io.sluice.config.judge;

import io.sluice.config.PromptRow;
import java.util.List;

/** The checker and lint of prompt templates, the same for our own prompts and for overrides. */
@FunctionalInterface
public interface PromptCheck {

  /** What is wrong with the prompt, each in words for an administrator; empty for nothing. */
  List<String> problems(PromptRow prompt);

  /** Refuses every prompt row while none has an effect: it must not look live. */
  static PromptCheck notInEffect() {
    return prompt ->
        List.of("this version answers with its own prompts: prompt rows have no effect yet");
  }

  /** A check that accepts every template. */
  static PromptCheck none() {
    return prompt -> List.of();
  }
}
