package io.sluice.core.model;

import java.time.Duration;

/**
 * How long a call may take (design, decision 9).
 *
 * @param firstEvent until the model's first event; for an unstreamed call, until its end
 * @param idle between two events, after the first
 * @param total until the end of a streamed answer
 */
public record Timeouts(Duration firstEvent, Duration idle, Duration total) {

  /** The same, with the first event no later than that time from now. */
  public Timeouts withFirstEvent(Duration time) {
    return new Timeouts(time, idle, total);
  }
}
