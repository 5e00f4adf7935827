package io.sluice.router.call;

import io.sluice.config.Candidate;
import io.sluice.core.model.ModelEvent;
import java.io.IOException;

/** Takes a model's text as it is made, or its vectors. Pieces are never empty. */
@FunctionalInterface
public interface TextSink {

  /**
   * Takes the next piece; after the first one no other candidate is asked.
   *
   * @throws IOException if nobody wants further text
   */
  void text(Candidate candidate, Question question, String piece) throws IOException;

  /** Takes the vector of the question's text at that index; who asks for text gets none. */
  default void vector(ModelEvent.Vector vector) {}
}
