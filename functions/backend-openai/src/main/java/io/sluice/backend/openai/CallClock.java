package io.sluice.backend.openai;

import io.sluice.core.time.Deadline;
import java.time.Duration;

/** When a call began: its deadlines count from there. Immutable. */
record CallClock(long startNanos) {

  static CallClock start() {
    return new CallClock(System.nanoTime());
  }

  /** The moment that long after the call began. */
  Deadline in(Duration time) {
    Duration gone = Duration.ofNanos(System.nanoTime() - startNanos);
    return Deadline.after(time.minus(gone));
  }
}
