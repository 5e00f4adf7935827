package io.sluice.core.model;

import java.io.IOException;

/** Takes a call's events, one thread at a time. */
@FunctionalInterface
public interface ModelEventSink {

  /**
   * Takes the next event; may block.
   *
   * @throws IOException if nobody wants further events: the backend then ends the call
   */
  void accept(ModelEvent event) throws IOException;
}
