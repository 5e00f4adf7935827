package io.sluice.testing;

import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer in text, as a stream where the call wants one. Immutable: each method returns a
 * changed copy.
 *
 * @param pieces the deltas of a stream; together the text
 * @param reasoning a reasoning text before it, or {@code null}
 * @param usage whether tokens are reported: 11 in, 7 out, 3 of the input cached
 * @param finishReason of the last delta
 * @param latency before the answer's head
 * @param gap before each delta
 * @param end how a stream ends, after all pieces
 * @param dimensions of embeddings, where the call names none
 */
public record ModelAnswer(
    List<String> pieces,
    @Nullable String reasoning,
    boolean usage,
    String finishReason,
    Duration latency,
    Duration gap,
    End end,
    int dimensions)
    implements ModelStub.Behaviour {

  /** How a stream ends. */
  public enum End {
    /** With finish reason, usage and {@code [DONE]}. */
    ORDERLY,
    /** With a finish reason, without {@code [DONE]}. */
    WITHOUT_DONE,
    /** The body ends in order, but neither finish reason nor {@code [DONE]} came. */
    UNFINISHED,
    /** The connection ends inside a chunk. */
    MID_CHUNK,
    /** The connection is reset. */
    RESET,
    /** With an error event of code 503. */
    ERROR_EVENT,
    /** Nothing more comes; the connection stays open. */
    SILENCE,
    /** In order, but the body is shorter than its Content-Length. */
    SHORT
  }

  /** An orderly answer of those pieces. */
  public static ModelAnswer text(String... pieces) {
    return new ModelAnswer(
        List.of(pieces), null, true, "stop", Duration.ZERO, Duration.ZERO, End.ORDERLY, 8);
  }

  /** An HTTP error with the message in the shape of OpenAI, and further header lines. */
  public static ModelStub.Behaviour status(int status, String message, String... headerLines) {
    String body =
        io.sluice.core.json.Json.text(
            JsonObject.builder()
                .put("error", JsonObject.builder().put("message", message).build())
                .build());
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Error\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    int length = body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    head.append("Content-Type: application/json\r\nContent-Length: ").append(length);
    return (_, connection) -> connection.send(head + "\r\n\r\n" + body);
  }

  /** An answer of status 200 with that type and body, whatever was asked. */
  public static ModelStub.Behaviour raw(String contentType, String body) {
    return (_, connection) -> connection.answer(200, contentType, body);
  }

  /** Never answers; ends when the caller leaves. */
  public static ModelStub.Behaviour hang() {
    return (_, connection) -> connection.untilClosed();
  }

  /** Resets the connection instead of answering. */
  public static ModelStub.Behaviour drop() {
    return (_, connection) -> connection.reset();
  }

  public ModelAnswer withReasoning(String text) {
    return new ModelAnswer(pieces, text, usage, finishReason, latency, gap, end, dimensions);
  }

  public ModelAnswer withoutUsage() {
    return new ModelAnswer(pieces, reasoning, false, finishReason, latency, gap, end, dimensions);
  }

  public ModelAnswer finishing(String reason) {
    return new ModelAnswer(pieces, reasoning, usage, reason, latency, gap, end, dimensions);
  }

  public ModelAnswer after(Duration time) {
    return new ModelAnswer(pieces, reasoning, usage, finishReason, time, gap, end, dimensions);
  }

  public ModelAnswer every(Duration time) {
    return new ModelAnswer(pieces, reasoning, usage, finishReason, latency, time, end, dimensions);
  }

  public ModelAnswer ending(End how) {
    return new ModelAnswer(pieces, reasoning, usage, finishReason, latency, gap, how, dimensions);
  }

  @Override
  public void answer(ModelStub.RecordedCall call, WireConnection connection) throws IOException {
    pause(latency);
    ModelAnswerWire wire = new ModelAnswerWire(this, call);
    if (call.path().contains("/embeddings")) {
      connection.answer(200, "application/json", wire.embeddings());
    } else if (call.body().flag("stream")) {
      wire.stream(connection);
    } else {
      wire.whole(connection);
    }
  }

  static void pause(Duration time) throws IOException {
    if (time.isPositive()) {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
