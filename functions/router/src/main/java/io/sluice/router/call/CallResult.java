package io.sluice.router.call;

import io.sluice.config.Candidate;
import io.sluice.core.model.ModelEvent;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param candidate who was asked last
 * @param question what it was asked
 * @param started whether it gave any text or vector
 * @param failure why there is no whole answer, {@code null} when there is one
 * @param finishReason as the model server says; empty when it failed
 * @param usage tokens as the model server counts them, {@code null} when it doesn't say
 */
public record CallResult(
    Candidate candidate,
    Question question,
    boolean started,
    ModelEvent.@Nullable Failure failure,
    String finishReason,
    ModelEvent.@Nullable Usage usage) {

  /** Whether the answer ended because it was as long as it may be. */
  public boolean cutByLength() {
    return finishReason.equals("length");
  }
}
