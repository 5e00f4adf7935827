package io.sluice.prompts.output;

import io.sluice.prompts.output.OutputContract.Verdict;

/**
 * Holds an answer to its contract while it is given on: each piece as soon as it is certain. The
 * result doesn't depend on where the text was cut. For one answer; not thread-safe.
 */
public interface AnswerFilter {

  /** Takes a piece; returns what is certain by now, perhaps nothing. */
  String push(String piece);

  /**
   * What was found, with the text that was held back. To be called once, at the end or when the
   * model fails.
   */
  Verdict finish();
}
