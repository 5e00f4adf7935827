package io.sluice.router.remote;

import io.sluice.aws.AwsException;
import io.sluice.aws.InvocationStream;
import io.sluice.aws.LambdaFunction;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.model.Backend;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEventSink;
import io.sluice.core.model.ModelProtocol;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.time.Duration;

/**
 * A backend that is a function of its own: the call is its event, its events are the lines that it
 * streams. The call's time limits bound the invocation, too, cold start included: the first event
 * and the end must come in time here, whenever they began there. Thread-safe.
 */
public final class RemoteBackend implements Backend {

  /** The backend tells of its own silence first. */
  private static final Duration IDLE_GRACE = Duration.ofSeconds(2);

  private final LambdaFunction function;

  public RemoteBackend(LambdaFunction function) {
    this.function = function;
  }

  @Override
  public void call(ModelCall call, Cancellation cancellation, ModelEventSink events)
      throws IOException {
    Deadline first = Deadline.after(call.timeouts().firstEvent());
    Deadline last = call.stream() ? Deadline.after(call.timeouts().total()) : first;
    InvocationStream stream;
    try {
      stream = function.stream(ModelProtocol.write(call), cancellation, first.earlier(last));
    } catch (AwsException e) {
      events.accept(InvocationFailures.of(e, false));
      return;
    }
    try (stream) {
      EventLines lines = new EventLines(stream);
      stream.readDeadline(first.earlier(last));
      ModelEvent event = next(lines, false, cancellation);
      while (!event.terminal()) {
        events.accept(event);
        stream.readDeadline(Deadline.after(call.timeouts().idle().plus(IDLE_GRACE)).earlier(last));
        event = next(lines, true, cancellation);
      }
      events.accept(event);
    }
  }

  /** The next event; where there is none, the failure that this is. */
  private ModelEvent next(EventLines lines, boolean begun, Cancellation cancellation) {
    try {
      ModelEvent event = lines.next();
      return event == null
          ? failure(Failure.Kind.TRUNCATED, "ended without the end of its answer")
          : event;
    } catch (JsonSyntaxException e) {
      return failure(Failure.Kind.PROTOCOL, "answered what is no event: " + e.getMessage());
    } catch (EventLines.LineTooLongException e) {
      return failure(Failure.Kind.TOO_LARGE, "answered too much: " + e.getMessage());
    } catch (IOException e) {
      if (cancellation.isCancelled()) {
        return failure(Failure.Kind.CANCELLED, "is not waited for any more");
      }
      return e instanceof AwsException known
          ? InvocationFailures.of(known, begun)
          : failure(Failure.Kind.TRUNCATED, "broke off: " + e.getClass().getSimpleName());
    }
  }

  private Failure failure(Failure.Kind kind, String what) {
    return new Failure(kind, 0, "function " + function.name() + " " + what, null);
  }
}
