package io.sluice.prompts;

import io.sluice.core.model.Message;
import java.util.List;
import java.util.Set;

/**
 * A prompt with a request's data in it. Immutable.
 *
 * @param messages what the model gets
 * @param inputTokens the estimated tokens of the data in it
 * @param cut the inputs that were too long and are not there as a whole
 */
public record Rendered(List<Message> messages, int inputTokens, Set<String> cut) {
  public Rendered {
    messages = List.copyOf(messages);
    cut = Set.copyOf(cut);
  }
}
