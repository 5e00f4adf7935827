package io.sluice.prompts;

import java.util.List;

/**
 * An input of a prompt.
 *
 * @param type what the caller sends; other types are accepted and written as JSON
 * @param about what it is, for readers of the file
 * @param fields the members of a list's items that the prompt uses; empty for items that are texts
 * @param budget the most estimated tokens of it that the model gets, whatever the model's context
 * @param cut what of it is given when it is longer; of a list, the first items that fit
 */
public record PromptInput(Type type, String about, List<String> fields, int budget, Cut cut) {

  /** The type of an input. */
  public enum Type {
    STRING,
    LIST
  }

  public PromptInput {
    fields = List.copyOf(fields);
  }
}
