package io.sluice.demomodel;

import java.util.function.Predicate;

/** A loaded language model. {@link #countTokens} is thread-safe; one generation runs at a time. */
interface LanguageModel extends AutoCloseable {

  /** How a text is continued; {@code maxTokens} is at least 1. */
  record Options(int maxTokens, double temperature) {}

  /** The tokens of a text, control tokens included. */
  int countTokens(String text);

  /**
   * Continues the prompt on the calling thread, which must be a platform thread.
   *
   * @param pieces takes each piece of text as it is made, one token's worth; false ends the
   *     generation
   * @return the tokens generated
   */
  int generate(String prompt, Options options, Predicate<String> pieces);

  /** Frees the model; no generation may be running. */
  @Override
  void close();
}
