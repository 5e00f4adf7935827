package io.sluice.router.call;

import io.sluice.config.Candidate;
import java.io.IOException;

/** Takes a model's text as it is made. Pieces are never empty. */
@FunctionalInterface
public interface TextSink {

  /**
   * Takes the next piece; after the first one no other candidate is asked.
   *
   * @throws IOException if nobody wants further text
   */
  void text(Candidate candidate, Question question, String piece) throws IOException;
}
