package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.http.HttpResponse;
import io.sluice.prompts.Prompt;
import io.sluice.router.answer.AnsweringModel;
import io.sluice.router.answer.FeatureFlags;
import io.sluice.router.answer.RawTextStream;
import io.sluice.router.answer.SuggestionAnswer;
import io.sluice.router.answer.SuggestionEventStream;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.api.SuggestionRequest;
import io.sluice.router.call.CallResult;
import io.sluice.router.call.Rendering;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Surface;
import io.sluice.router.text.GenerationText;
import io.sluice.router.text.TextFilter;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v3/code/completions} and {@code POST /v4/code/suggestions} (contract 3.6), which
 * differ in how they stream. Thread-safe.
 */
public final class SuggestionRoute implements ApiRoute {

  private static final String FORBIDDEN = "Unauthorized to access code suggestions";
  private static final String DEFAULT_ENGINE = "openai";
  private static final String AGENT = "agent";

  /** Contract 3.6: the budget of a completion, whatever the model's context. */
  private static final int COMPLETION_TOKENS = 32_768;

  private final Desk desk;
  private final boolean events;

  /**
   * @param events whether streams are server-sent events, not raw text
   */
  public SuggestionRoute(Desk desk, boolean events) {
    this.desk = desk;
    this.events = events;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    SuggestionRequest suggestion = SuggestionRequest.read(request.body());
    request.refuseUserToken(FORBIDDEN);
    if (suggestion.generation()) {
      generate(request, suggestion);
    } else {
      complete(request, suggestion);
    }
  }

  private void complete(ApiRequest request, SuggestionRequest suggestion)
      throws RefusalException, IOException {
    request.require(CompletionRoute.UNIT_PRIMITIVE, FORBIDDEN);
    Resolution resolution =
        desk.routing().resolve(request, CompletionRoute.FEATURE, suggestion.model());
    Optional<String> language =
        desk.languages()
            .promptName(suggestion.file().fileName(), suggestion.file().languageIdentifier());
    if (language.isEmpty() || desk.isDisabled(resolution)) {
      if (request.exchange().open(desk.refuseUnaudited(resolution))) {
        request.exchange().send(answer(request, requested(suggestion, null), ""));
      }
      return;
    }
    Route route = Routing.routed(resolution);
    Prompt prompt = desk.record(request, CompletionRendering.PROMPT, route, null);
    List<String> context =
        LanguageServer.sendsContext(request.exchange().request().headers())
            ? suggestion.context()
            : List.of();
    Rendering rendering =
        new CompletionRendering(
            desk.prompts(), suggestion.file(), language.get(), context, COMPLETION_TOKENS);
    var asked = new Answering.Asked(request, route, Surface.CODE, rendering);
    if (suggestion.stream()) {
      stream(asked, prompt, false);
    } else {
      desk.answering()
          .whole(asked, (result, text) -> answer(request, requested(suggestion, result), text));
    }
  }

  private void generate(ApiRequest request, SuggestionRequest suggestion)
      throws RefusalException, IOException {
    String promptId = Objects.requireNonNullElse(suggestion.promptId(), GenerationRendering.PROMPT);
    Prompt any = desk.prompts().any(promptId);
    request.require(any.unitPrimitive(), FORBIDDEN);
    Route route =
        Routing.routed(desk.routing().resolve(request, any.feature(), suggestion.model()));
    String version = desk.prompts().lenient(promptId, suggestion.promptVersion());
    Prompt prompt = desk.record(request, promptId, route, version);
    Rendering rendering =
        new GenerationRendering(
            desk.prompts(), promptId, version, suggestion.file(), suggestion.enhancer());
    var asked = new Answering.Asked(request, route, Surface.CODE, rendering);
    if (suggestion.stream()) {
      stream(asked, prompt, true);
    } else {
      desk.answering()
          .whole(
              asked,
              (result, text) ->
                  answer(
                      request,
                      agent(result.question().prompt(), suggestion),
                      GenerationText.clean(suggestion.file().above(), text)));
    }
  }

  private void stream(Answering.Asked asked, Prompt prompt, boolean generation)
      throws RefusalException, IOException {
    Function<Candidate, TextFilter> filters =
        generation ? GenerationRoute::fencesOff : candidate -> TextFilter.of(candidate.family());
    Exchange exchange = asked.request().exchange();
    if (events) {
      SuggestionEventStream stream =
          new SuggestionEventStream(
              exchange,
              new AnsweringModel(AGENT, prompt.name(), ""),
              desk.region(),
              desk.now(),
              FeatureFlags.of(exchange.request().headers()));
      desk.answering().events(asked, stream, filters);
    } else {
      desk.answering().stream(asked, new RawTextStream(exchange), filters);
    }
  }

  private HttpResponse answer(ApiRequest request, AnsweringModel model, String text) {
    return new SuggestionAnswer(
            model, text, desk.now(), FeatureFlags.of(request.exchange().request().headers()))
        .response();
  }

  private AnsweringModel agent(@Nullable Prompt prompt, SuggestionRequest suggestion) {
    return new AnsweringModel(
        AGENT, prompt == null ? "" : prompt.name(), desk.lang(suggestion.file()));
  }

  private AnsweringModel requested(SuggestionRequest suggestion, @Nullable CallResult result) {
    RequestedModel model = suggestion.model();
    String engine = model == null ? null : model.provider();
    String name = model == null ? null : model.name();
    String family = result == null ? "" : result.candidate().family().wire();
    return new AnsweringModel(
        engine == null ? DEFAULT_ENGINE : engine,
        name == null ? family : name,
        desk.lang(suggestion.file()));
  }
}
