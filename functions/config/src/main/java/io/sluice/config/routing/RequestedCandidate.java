package io.sluice.config.routing;

import io.sluice.config.Candidate;
import io.sluice.config.Resolution;

/** What becomes of the model that a request names. */
sealed interface RequestedCandidate {

  /**
   * It may be called.
   *
   * @param candidate the model
   * @param reason the word for the audit record
   */
  record Named(Candidate candidate, String reason) implements RequestedCandidate {}

  /** The request names no model that this gateway could call: the next in line decides. */
  record Nothing(String why) implements RequestedCandidate {}

  /** The request must not be answered. */
  record Refused(Resolution.Refused refusal) implements RequestedCandidate {}
}
