package io.sluice.prompts.react;

/** What a model's output was, as far as only its end tells. */
public sealed interface ReactOutput {

  /**
   * A final answer.
   *
   * @param rest what of it was not given on yet
   */
  record Answer(String rest) implements ReactOutput {}

  /**
   * The wish for a tool.
   *
   * @param tool the tool, in the model's words
   * @param input what it is to be given
   * @param thought why
   */
  record Action(String tool, String input, String thought) implements ReactOutput {}

  /** Neither. */
  record Unknown(String text) implements ReactOutput {}
}
