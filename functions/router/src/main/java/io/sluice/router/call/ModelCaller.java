package io.sluice.router.call;

import io.sluice.config.Ability;
import io.sluice.config.Candidate;
import io.sluice.core.audit.AuditTrail;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.core.log.Redaction;
import io.sluice.core.model.Backend;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.Timeouts;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.router.error.RefusalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the candidates of a route, in order, until one answers. The same target gets one more call
 * at once, the next candidate its turn, both only before the first text and within the deadline. No
 * call outlives the exchange's own deadline, nor the prompt's timeout where no row says another.
 * Every call is in the audit trail; what a server said goes into the log, never to the caller.
 * Thread-safe.
 */
public final class ModelCaller {

  private final Backend backend;
  private final Patience patience;
  private final JsonLog log;

  public ModelCaller(Backend backend, Patience patience, JsonLog log) {
    this.backend = backend;
    this.patience = patience;
    this.log = log;
  }

  /**
   * Asks; returns when a candidate has answered or the last of them failed.
   *
   * @param cancellation ends the call; a caller who leaves cancels it, too
   * @throws RefusalException if a candidate can't be asked that
   * @throws IOException if the caller is gone
   */
  public CallResult call(CallPlan plan, Cancellation cancellation, TextSink sink)
      throws IOException, RefusalException {
    plan.exchange().onClosed(cancellation::cancel);
    Content content = new Content(plan, sink);
    Duration allowed =
        Objects.requireNonNullElse(plan.route().firstEvent(), patience.deadline(plan.surface()));
    Deadline deadline =
        Deadline.after(allowed.minus(plan.exchange().elapsed()))
            .earlier(plan.exchange().deadline());
    List<Candidate> candidates = plan.route().candidates();
    CallResult result = null;
    for (int i = 0; i < candidates.size() && goesOn(result, deadline, cancellation); i++) {
      Candidate candidate = candidates.get(i);
      Question question = plan.rendering().render(candidate);
      int left = candidates.size() - i;
      result = attempt(plan, candidate, question, share(deadline, left), cancellation, content);
      Failure failure = result.failure();
      if (failure != null && RetryRule.retries(failure) && goesOn(result, deadline, cancellation)) {
        result = attempt(plan, candidate, question, share(deadline, left), cancellation, content);
      }
    }
    CallResult last = Objects.requireNonNull(result, "a route has at least one candidate");
    if (last.usage() != null) {
      plan.exchange().trail().usage(last.usage());
    }
    content.record(last);
    return last;
  }

  private static boolean goesOn(
      @Nullable CallResult last, Deadline deadline, Cancellation cancellation) {
    if (last == null) {
      return true;
    }
    return last.failure() != null
        && !last.started()
        && RetryRule.fallsBack(last.failure())
        && !deadline.passed()
        && !cancellation.isCancelled();
  }

  /** What the prompt allows a model, where no row says so and the deadline isn't earlier. */
  private static Deadline allowed(CallPlan plan, Question question, Deadline deadline) {
    Integer seconds = question.prompt() == null ? null : question.prompt().timeoutSeconds();
    return seconds == null || plan.route().firstEvent() != null
        ? deadline
        : Deadline.after(Duration.ofSeconds(seconds)).earlier(deadline);
  }

  /** A model that hangs must leave its fallbacks time: candidates share what is left evenly. */
  private static Deadline share(Deadline deadline, int candidatesLeft) {
    return candidatesLeft == 1
        ? deadline
        : Deadline.after(deadline.remaining().dividedBy(candidatesLeft));
  }

  private CallResult attempt(
      CallPlan plan,
      Candidate candidate,
      Question question,
      Deadline share,
      Cancellation cancellation,
      TextSink sink)
      throws IOException {
    Exchange exchange = plan.exchange();
    AuditTrail trail = exchange.trail();
    Deadline firstText = allowed(plan, question, share);
    Attempt attempt =
        new Attempt(
            candidate, question, firstText, sink, () -> trail.firstTokenTime(exchange.elapsed()));
    try {
      if (firstText.passed()) {
        attempt.fail(tooLate());
      } else {
        backend.call(modelCall(plan, candidate, question, firstText), cancellation, attempt);
        attempt.close();
      }
    } catch (Attempt.TooLateException e) {
      attempt.fail(tooLate());
    } catch (IOException e) {
      attempt.fail(new Failure(Failure.Kind.CANCELLED, 0, "the caller left", null));
      throw e;
    } finally {
      trail.attempt(attempt.describe());
    }
    CallResult result = attempt.result();
    if (result.failure() != null) {
      report(exchange, candidate, result.failure());
    }
    return result;
  }

  private ModelCall modelCall(
      CallPlan plan, Candidate candidate, Question question, Deadline firstText) {
    boolean cache =
        !"false"
            .equalsIgnoreCase(
                plan.exchange()
                    .request()
                    .headers()
                    .first("X-Gitlab-Model-Prompt-Cache-Enabled", "true"));
    return new ModelCall(
        plan.exchange().correlationId(),
        candidate.target(),
        TargetInput.of(candidate, question),
        TargetSampling.of(plan.route(), candidate, question.sampling()),
        plan.stream() && candidate.supports().contains(Ability.STREAM),
        cache,
        new Timeouts(
            firstText.remaining(),
            Objects.requireNonNullElse(plan.route().idle(), patience.idle()),
            shorter(
                Objects.requireNonNullElse(plan.route().total(), patience.total()),
                plan.exchange().deadline().remaining())));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void report(Exchange exchange, Candidate candidate, Failure failure) {
    log.line(
        JsonLog.Level.WARNING,
        "models",
        "a model call failed",
        JsonObject.builder()
            .put("correlation_id", exchange.correlationId())
            .put("target", Redaction.mask(candidate.target().label()))
            .put("failure", failure.kind().name())
            .put("model_status", failure.status())
            .put("error_detail", failure.message())
            .build());
  }

  private static Failure tooLate() {
    return new Failure(Failure.Kind.TIMEOUT, 0, "the deadline passed without a text", null);
  }
}
