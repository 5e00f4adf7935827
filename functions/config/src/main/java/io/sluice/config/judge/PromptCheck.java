package io.sluice.config.judge;

import io.sluice.config.PromptRow;
import java.util.List;

/** The checker and lint of prompt templates, the same for our own prompts and for overrides. */
@FunctionalInterface
public interface PromptCheck {

  /** What is wrong with the prompt, each in words for an administrator; empty for nothing. */
  List<String> problems(PromptRow prompt);

  /** A check that accepts every template. */
  static PromptCheck none() {
    return prompt -> List.of();
  }
}
