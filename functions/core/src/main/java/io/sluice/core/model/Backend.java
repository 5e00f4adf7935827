package io.sluice.core.model;

import io.sluice.core.time.Cancellation;
import java.io.IOException;

/** Calls models of one kind of host (design, idea 2). Thread-safe; blocks. */
public interface Backend {

  /**
   * Makes the call and reports its events, the last of them terminal. Every failure of the model or
   * of the way to it is a {@link ModelEvent.Failure}, never an exception. The backend never
   * retries.
   *
   * @param call what to ask
   * @param cancellation when it is cancelled, the connection to the model is closed at once
   * @param events takes the events on the calling thread
   * @throws IOException only what the sink threw; the connection to the model is closed before
   */
  void call(ModelCall call, Cancellation cancellation, ModelEventSink events) throws IOException;
}
