package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.core.model.ModelEvent;
import io.sluice.router.answer.AnsweringModel;
import io.sluice.router.answer.CodeAnswer;
import io.sluice.router.answer.CodeAnswer.TokenCounts;
import io.sluice.router.answer.FeatureFlags;
import io.sluice.router.answer.RawTextStream;
import io.sluice.router.api.CodeRequest;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.call.CallResult;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Surface;
import io.sluice.router.text.CompletionText;
import io.sluice.router.text.TextFilter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v2/code/completions} and its alias (contract 3.1 to 3.5). Thread-safe. */
public final class CompletionRoute implements ApiRoute {

  static final String FEATURE = "code_completions";
  static final String UNIT_PRIMITIVE = "complete_code";
  private static final String DEFAULT_ENGINE = "litellm";

  private final Desk desk;

  public CompletionRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    CodeRequest code = CodeRequest.completion(request.body());
    request.require(UNIT_PRIMITIVE, "Unauthorized to access code completions");
    Resolution resolution = desk.routing().resolve(request, FEATURE, code.model());
    Optional<String> language =
        desk.languages().promptName(code.file().fileName(), code.file().languageIdentifier());
    if (language.isEmpty() || desk.isDisabled(resolution)) {
      if (request.exchange().open(desk.refuseUnaudited(resolution))) {
        CodeAnswer none = answer(request, model(code, null), "", null);
        request.exchange().send(none.response());
      }
      return;
    }
    Route route = Routing.routed(resolution);
    CompletionRendering rendering =
        new CompletionRendering(
            desk.prompts(), code.file(), language.get(), code.context(), Integer.MAX_VALUE);
    desk.record(request, CompletionRendering.PROMPT, route, null);
    var asked = new Answering.Asked(request, route, Surface.CODE, rendering);
    if (code.stream()) {
      desk.answering().stream(
          asked,
          new RawTextStream(request.exchange()),
          candidate -> TextFilter.of(candidate.family()));
    } else {
      desk.answering()
          .whole(
              asked,
              (result, text) ->
                  answer(request, model(code, result.candidate()), text, counts(rendering, result))
                      .response());
    }
  }

  private CodeAnswer answer(
      ApiRequest request, AnsweringModel model, String text, @Nullable TokenCounts tokens) {
    return new CodeAnswer(
        model,
        text,
        tokens,
        desk.region(),
        desk.now(),
        FeatureFlags.of(request.exchange().request().headers()));
  }

  private AnsweringModel model(CodeRequest code, @Nullable Candidate candidate) {
    RequestedModel model = code.model();
    String engine = model == null ? null : model.provider();
    String name = model == null ? null : model.name();
    String family = candidate == null ? "" : candidate.family().wire();
    return new AnsweringModel(
        engine == null ? DEFAULT_ENGINE : engine,
        name == null ? family : name,
        desk.lang(code.file()));
  }

  private static TokenCounts counts(CompletionRendering rendering, CallResult result) {
    CompletionText text = rendering.text(result.candidate(), result.question().sampling());
    ModelEvent.Usage usage = result.usage();
    return new TokenCounts(
        usage == null ? result.question().inputTokens() : usage.inputTokens(),
        usage == null ? 0 : usage.outputTokens(),
        result.cutByLength(),
        text.contextTokensSent(),
        text.contextTokensUsed());
  }
}
