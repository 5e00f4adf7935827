package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.config.Route;
import io.sluice.core.audit.AuditTrail;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.time.Cancellation;
import io.sluice.prompts.output.OutputContract.Broken;
import io.sluice.prompts.output.OutputContract.Kept;
import io.sluice.prompts.output.OutputContract.Verdict;
import io.sluice.router.answer.AnswerStream;
import io.sluice.router.answer.FilteredText;
import io.sluice.router.answer.KeepAlive;
import io.sluice.router.answer.SuggestionEventStream;
import io.sluice.router.call.CallPlan;
import io.sluice.router.call.CallResult;
import io.sluice.router.call.ModelCaller;
import io.sluice.router.call.Question;
import io.sluice.router.call.Rendering;
import io.sluice.router.error.ModelFailures;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Surface;
import io.sluice.router.text.TextFilter;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Takes a routed request to its models and their answer to the caller. Thread-safe. */
final class Answering {

  private final ModelCaller caller;
  private final KeepAlive keepAlive;

  Answering(ModelCaller caller, KeepAlive keepAlive) {
    this.caller = caller;
    this.keepAlive = keepAlive;
  }

  /**
   * A routed request.
   *
   * @param request what was asked
   * @param route whom to ask
   * @param surface what the request came by
   * @param rendering what to ask each candidate
   */
  record Asked(ApiRequest request, Route route, Surface surface, Rendering rendering) {

    CallPlan plan(boolean stream, Rendering how) {
      boolean log = surface != Surface.EMBEDDINGS && route.logContent() && request.verbose();
      return new CallPlan(request.exchange(), route, surface, stream, log, how);
    }
  }

  /** An answer that is complete, and as its prompt's contract wants it where that was possible. */
  private record Whole(CallResult result, String text) {}

  /**
   * Answers at once, as a whole.
   *
   * @param answer makes the answer of the result and the text, which the candidate's own filter and
   *     the prompt's contract have seen
   * @throws RefusalException if no model answered
   */
  void whole(Asked asked, BiFunction<CallResult, String, HttpResponse> answer)
      throws RefusalException, IOException {
    if (open(asked)) {
      Whole whole = judged(asked);
      asked.request().exchange().send(answer.apply(whole.result(), whole.text()));
    }
  }

  /**
   * Answers on a stream, but only when the answer is complete and judged.
   *
   * @throws RefusalException if no model answered
   */
  void gathered(Asked asked, AnswerStream stream) throws RefusalException, IOException {
    if (open(asked)) {
      Whole whole = judged(asked);
      stream.begin();
      if (!whole.text().isEmpty()) {
        stream.text(whole.text());
      }
      stream.end(whole.result());
    }
  }

  /**
   * Answers with the vectors of these texts, asked for batch by batch; one deadline holds for all.
   *
   * @param batches the texts, in order; without any, no model is asked
   * @param answer makes the answer of the vectors, in the texts' order
   * @throws RefusalException if the model failed, or the vectors are too large for one answer
   */
  void embedded(
      ApiRequest request,
      Route route,
      List<EmbeddingBatch> batches,
      Function<List<double[]>, HttpResponse> answer)
      throws RefusalException, IOException {
    if (!request.exchange().open(route.refuseUnaudited())) {
      return;
    }
    Vectors vectors = new Vectors(batches.stream().mapToInt(EmbeddingBatch::size).sum());
    for (EmbeddingBatch batch : batches) {
      Asked asked = new Asked(request, route, Surface.EMBEDDINGS, batch);
      vectors.expect(batch.size());
      CallResult result = caller.call(asked.plan(false, batch), new Cancellation(), vectors);
      Failure failure = result.failure() == null ? vectors.problem() : result.failure();
      if (failure != null) {
        throw refusal(asked, failure);
      }
      vectors.take();
    }
    request.exchange().send(answer.apply(vectors.all()));
  }

  /** Asks; a model whose answer can't be read is asked once more, within the same deadline. */
  private Whole judged(Asked asked) throws RefusalException, IOException {
    Whole first = whole(asked, asked.rendering());
    Failure failure = first.result().failure();
    if (failure != null) {
      throw refusal(asked, failure);
    }
    AuditTrail trail = asked.request().exchange().trail();
    Verdict verdict = judge(first);
    if (!(verdict instanceof Broken broken)) {
      return kept(first, verdict, trail, "");
    }
    Whole second =
        whole(
            asked,
            candidate -> asked.rendering().render(candidate).again(first.text(), broken.reason()));
    if (second.result().failure() == null) {
      return kept(second, judge(second), trail, "asked again: " + broken.reason() + "; ");
    }
    return kept(first, broken, trail, "asked again in vain; ");
  }

  private static Verdict judge(Whole whole) {
    Question question = whole.result().question();
    return question.contract().judge(whole.text(), question.inputs());
  }

  private static Whole kept(Whole whole, Verdict verdict, AuditTrail trail, String before) {
    boolean usual = before.isEmpty() && verdict instanceof Kept;
    if (!usual || whole.result().question().contract().gathers()) {
      trail.output(before + ContractFilter.told(verdict));
    }
    return new Whole(whole.result(), verdict.text());
  }

  private Whole whole(Asked asked, Rendering rendering) throws RefusalException, IOException {
    StringBuilder text = new StringBuilder();
    CallResult result =
        caller.call(
            asked.plan(false, rendering),
            new Cancellation(),
            (who, what, piece) -> text.append(piece));
    return new Whole(result, TextFilter.of(result.candidate().family()).whole(text.toString()));
  }

  /**
   * Answers with the model's text as it is made.
   *
   * @param filters what the text goes through
   * @throws RefusalException if no model answered and nothing was sent
   */
  void stream(Asked asked, AnswerStream stream, Function<Candidate, TextFilter> filters)
      throws RefusalException, IOException {
    if (open(asked)) {
      stream(asked, new Cancellation(), stream, filters);
    }
  }

  /** The same for events, which are kept alive while the model is silent. */
  void events(Asked asked, SuggestionEventStream stream, Function<Candidate, TextFilter> filters)
      throws RefusalException, IOException {
    if (open(asked)) {
      Cancellation cancellation = new Cancellation();
      try (KeepAlive.Running _ = keepAlive.start(stream, cancellation)) {
        stream(asked, cancellation, stream, filters);
      }
    }
  }

  private void stream(
      Asked asked,
      Cancellation cancellation,
      AnswerStream stream,
      Function<Candidate, TextFilter> filters)
      throws RefusalException, IOException {
    FilteredText text = new FilteredText(stream, filters);
    RefusalException refusal;
    try {
      CallResult result = caller.call(asked.plan(true, asked.rendering()), cancellation, text);
      Failure failure = result.failure();
      if (failure == null) {
        stream.begin();
        text.flush();
        stream.end(result);
        return;
      }
      refusal = refusal(asked, failure);
    } catch (RefusalException e) {
      refusal = e;
    }
    if (stream.withdraw(refusal)) {
      throw refusal;
    }
    AuditTrail trail = asked.request().exchange().trail();
    if (trail.errorCode() == null) {
      trail.error(refusal.code().wire(), refusal.detail());
    }
    text.flush();
    stream.fail(refusal);
  }

  /** Writes the opening record; false when the request was refused for want of it. */
  private static boolean open(Asked asked) throws IOException {
    return asked.request().exchange().open(asked.route().refuseUnaudited());
  }

  private static RefusalException refusal(Asked asked, Failure failure) throws IOException {
    if (failure.kind() == Failure.Kind.CANCELLED) {
      throw new IOException("the caller left");
    }
    Exchange exchange = asked.request().exchange();
    RefusalException refusal = ModelFailures.refusal(asked.surface(), failure);
    exchange.trail().error(refusal.code().wire(), failure.message());
    return refusal;
  }
}
