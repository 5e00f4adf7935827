package io.sluice.gitlab;

import java.util.List;

/**
 * The chat's answer.
 *
 * @param steps the tools that were called on the way
 */
public record ChatAnswer(String text, List<ChatStep> steps) {

  public ChatAnswer {
    steps = List.copyOf(steps);
  }
}
