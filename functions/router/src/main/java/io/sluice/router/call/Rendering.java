package io.sluice.router.call;

import io.sluice.config.Candidate;
import io.sluice.router.error.RefusalException;

/** Puts a request into the words of a candidate: the target owns its way of being asked. */
@FunctionalInterface
public interface Rendering {

  /**
   * What to ask this candidate.
   *
   * @throws RefusalException if it can't be asked that
   */
  Question render(Candidate candidate) throws RefusalException;
}
