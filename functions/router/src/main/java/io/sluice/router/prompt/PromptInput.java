package io.sluice.router.prompt;

/**
 * An input of a prompt.
 *
 * @param type what the caller sends; other types are accepted and written as JSON
 * @param about what it is, for readers of the file
 */
public record PromptInput(Type type, String about) {

  /** The type of an input. */
  public enum Type {
    STRING,
    LIST
  }
}
