package io.sluice.router.call;

import io.sluice.config.Candidate;
import io.sluice.core.audit.AuditTrail;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.Redaction;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEventSink;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One call of one target: takes its events and remembers how it ended. For one thread. */
final class Attempt implements ModelEventSink {

  private final Candidate candidate;
  private final Question question;
  private final Deadline firstText;
  private final TextSink sink;
  private final Runnable onFirstText;
  private final long begun = System.nanoTime();

  private boolean started;
  private String finishReason = "";
  private @Nullable Failure failure;
  private ModelEvent.@Nullable Usage usage;
  private boolean ended;

  /**
   * @param firstText until when the first text must have come: reasoning is a sign of life, but
   *     nothing that the caller gets to see
   */
  Attempt(
      Candidate candidate,
      Question question,
      Deadline firstText,
      TextSink sink,
      Runnable onFirstText) {
    this.candidate = candidate;
    this.question = question;
    this.firstText = firstText;
    this.sink = sink;
    this.onFirstText = onFirstText;
  }

  @Override
  public void accept(ModelEvent event) throws IOException {
    switch (event) {
      case ModelEvent.Text text -> {
        if (!text.text().isEmpty()) {
          text(text.text());
        }
      }
      case ModelEvent.Reasoning ignored -> {
        if (!started && firstText.passed()) {
          throw new TooLateException();
        }
      }
      case ModelEvent.Usage tokens -> usage = tokens;
      case ModelEvent.Finish finish -> {
        finishReason = finish.reason();
        ended = true;
      }
      case Failure problem -> fail(problem);
      case ModelEvent.ToolCall ignored -> {}
      case ModelEvent.Vector vector -> {
        start();
        sink.vector(vector);
      }
    }
  }

  private void text(String piece) throws IOException {
    start();
    sink.text(candidate, question, piece);
  }

  private void start() {
    if (!started) {
      started = true;
      onFirstText.run();
    }
  }

  void fail(Failure problem) {
    failure = problem;
    ended = true;
  }

  /** The backend is done: a call that it left open broke off. */
  void close() {
    if (!ended) {
      fail(new Failure(Failure.Kind.TRUNCATED, 0, "the backend reported no end", null));
    }
  }

  CallResult result() {
    return new CallResult(candidate, question, started, failure, finishReason, usage);
  }

  /** The attempt in the audit record. */
  JsonObject describe() {
    Failure problem = failure;
    return JsonObject.builder()
        .put("target", Redaction.mask(candidate.target().label()))
        .put("outcome", problem == null ? "ok" : problem.kind().name().toLowerCase(Locale.ROOT))
        .putPresent("status", problem == null || problem.status() == 0 ? null : problem.status())
        .putPresent("finish_reason", finishReason.isEmpty() ? null : finishReason)
        .put("ms", AuditTrail.millis(Duration.ofNanos(System.nanoTime() - begun)))
        .build();
  }

  /** Ends a call that reasons beyond its deadline. */
  static final class TooLateException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLateException() {
      super("no text by the deadline");
    }
  }
}
