package io.sluice.backend.openai;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import io.sluice.core.model.Timeouts;
import io.sluice.core.time.Deadline;
import io.sluice.outbound.OutboundResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * Reads a streamed answer. It is whole only if a finish reason or {@code [DONE]} came; only output
 * and reasoning are signs of life, so neither comments nor empty chunks keep a call alive.
 */
final class StreamedAnswer {

  /**
   * After the finish reason only usage and {@code [DONE]} may follow; nobody waits long for them.
   */
  private static final Duration AFTER_FINISH = Duration.ofSeconds(2);

  /** The most bytes between two signs of life. */
  private static final long MOST_NOISE = AnswerSize.LONGEST;

  private final OutboundResponse response;
  private final AnswerDocument answer;
  private final EventStream events;
  private final Deadline firstEvent;
  private final Deadline total;
  private final Duration idle;

  /**
   * @param started when the call began
   */
  StreamedAnswer(
      OutboundResponse response, AnswerDocument answer, Timeouts timeouts, CallClock started) {
    this.response = response;
    this.answer = answer;
    this.events = new EventStream(response.body());
    this.firstEvent = started.in(timeouts.firstEvent());
    this.total = started.in(timeouts.total());
    this.idle = timeouts.idle();
  }

  /** Reports the whole answer, its end included. */
  void read() throws CallFailure, IOException {
    response.readDeadline(firstEvent);
    long quietSince = 0;
    boolean done = false;
    while (!done) {
      EventStream.Event event = next();
      if (event == null) {
        break;
      }
      done = event.done();
      if (!done && take(event)) {
        quietSince = events.bytes();
        response.readDeadline(total.earlier(Deadline.after(idle)));
      }
      if (answer.finishReason() != null) {
        response.readDeadline(total.earlier(Deadline.after(AFTER_FINISH)));
      }
      if (events.bytes() - quietSince > MOST_NOISE) {
        throw new CallFailure(Kind.TOO_LARGE, "The stream sends data without an answer in it.");
      }
    }
    if (!done && answer.finishReason() == null) {
      throw new CallFailure(
          Kind.TRUNCATED, "The stream ended without a finish reason and without [DONE].");
    }
    answer.finish();
  }

  /**
   * The next event; {@code null} at the end, and wherever the stream breaks once it is finished.
   */
  private EventStream.@org.jspecify.annotations.Nullable Event next() throws IOException {
    try {
      return events.next();
    } catch (IOException e) {
      if (answer.finishReason() != null) {
        return null;
      }
      throw e;
    }
  }

  private boolean take(EventStream.Event event) throws CallFailure, IOException {
    try {
      if (Json.readLimited(event.data()) instanceof JsonObject document) {
        if (event.name().equals("error")) {
          throw ErrorAnswer.event(document);
        }
        return answer.take(document);
      }
    } catch (JsonSyntaxException e) {
      throw new CallFailure(Kind.PROTOCOL, "An event of the stream is " + e.getMessage() + ".");
    }
    throw new CallFailure(Kind.PROTOCOL, "An event of the stream is no JSON object.");
  }
}
