package io.sluice.router;

import io.sluice.core.model.Backend;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEventSink;
import io.sluice.core.time.Cancellation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers calls as it was told, in order; the last answer repeats. Remembers what was asked. */
final class ScriptedBackend implements Backend {

  /** What happens in a call. */
  @FunctionalInterface
  interface Script {
    void run(ModelCall call, Cancellation cancellation, ModelEventSink events) throws IOException;
  }

  private final Deque<Script> scripts = new ArrayDeque<>();
  final List<ModelCall> calls = new ArrayList<>();

  ScriptedBackend() {
    then(text("stub reply"));
  }

  /** Whole texts and then a finish. */
  static Script text(String... pieces) {
    return (call, cancellation, events) -> {
      for (String piece : pieces) {
        events.accept(new ModelEvent.Text(piece));
      }
      events.accept(new ModelEvent.Usage(11, 7, 0));
      events.accept(new ModelEvent.Finish("stop"));
    };
  }

  static Script events(ModelEvent... all) {
    return (call, cancellation, events) -> {
      for (ModelEvent event : all) {
        events.accept(event);
      }
    };
  }

  static Script status(int status) {
    return failure(Failure.Kind.STATUS, status, null);
  }

  static Script failure(Failure.Kind kind, int status, @Nullable Long retryAfter) {
    return failure(kind, status, retryAfter, "what the server said");
  }

  static Script failure(Failure.Kind kind, int status, @Nullable Long retryAfter, String message) {
    return events(new Failure(kind, status, message, retryAfter));
  }

  /** Replaces what happens. */
  ScriptedBackend answer(Script... all) {
    scripts.clear();
    scripts.addAll(Arrays.asList(all));
    return this;
  }

  void then(Script script) {
    scripts.add(script);
  }

  ModelCall lastCall() {
    return calls.getLast();
  }

  @Override
  public void call(ModelCall call, Cancellation cancellation, ModelEventSink events)
      throws IOException {
    calls.add(call);
    Script script = scripts.size() > 1 ? scripts.removeFirst() : scripts.getFirst();
    script.run(call, cancellation, events);
  }
}
