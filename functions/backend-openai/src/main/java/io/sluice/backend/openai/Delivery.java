package io.sluice.backend.openai;

import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEventSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hands events to the caller's sink, and tells its exceptions from the model's. */
final class Delivery {

  private final ModelEventSink sink;
  private @Nullable IOException refused;
  private boolean begun;

  Delivery(ModelEventSink sink) {
    this.sink = sink;
  }

  void send(ModelEvent event) throws IOException {
    begun = true;
    try {
      sink.accept(event);
    } catch (IOException e) {
      refused = e;
      throw e;
    }
  }

  /** Whether any event was handed over. */
  boolean begun() {
    return begun;
  }

  /** What the sink threw, if it did. */
  @Nullable IOException refusal() {
    return refused;
  }
}
