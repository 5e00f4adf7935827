package io.sluice.docs;

import java.io.IOException;

/** The documentation that questions are answered from. Thread-safe. */
@FunctionalInterface
public interface Documentation {

  /** No documentation: nothing is ever found. */
  Documentation NONE = (query, count) -> Findings.NONE;

  /**
   * Finds passages.
   *
   * @param query words, or a question; quoted terms must occur together. Anything is a query: it
   *     has no operators and no error
   * @param count the most passages, at least 1
   * @return the best first
   * @throws IOException if there is an index, but it can't be read; the message names where it is
   */
  Findings search(String query, int count) throws IOException;
}
