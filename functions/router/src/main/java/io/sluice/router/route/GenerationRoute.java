package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.config.RequestedModel;
import io.sluice.config.Route;
import io.sluice.core.json.JsonObject;
import io.sluice.prompts.Prompt;
import io.sluice.router.answer.AnsweringModel;
import io.sluice.router.answer.CodeAnswer;
import io.sluice.router.answer.FeatureFlags;
import io.sluice.router.answer.RawTextStream;
import io.sluice.router.api.CodeRequest;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.call.CallResult;
import io.sluice.router.call.Rendering;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Surface;
import io.sluice.router.text.FenceFilter;
import io.sluice.router.text.GenerationText;
import io.sluice.router.text.TextFilter;
import java.io.IOException;

/** {@code POST /v2/code/generations} (contract 3.2 to 3.5). Thread-safe. */
public final class GenerationRoute implements ApiRoute {

  static final String FEATURE = "code_generations";
  static final String UNIT_PRIMITIVE = "generate_code";
  private static final String FORBIDDEN = "Unauthorized to access code generations";

  private final Desk desk;

  public GenerationRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    CodeRequest code = CodeRequest.generation(request.body());
    request.refuseUserToken(FORBIDDEN);
    request.require(UNIT_PRIMITIVE, FORBIDDEN);
    Answering.Asked asked = asked(request, code);
    if (code.stream()) {
      desk.answering().stream(
          asked, new RawTextStream(request.exchange()), GenerationRoute::fencesOff);
    } else {
      desk.answering()
          .whole(
              asked,
              (result, text) ->
                  new CodeAnswer(
                          model(code, result),
                          GenerationText.clean(code.file().above(), text),
                          null,
                          desk.region(),
                          desk.now(),
                          FeatureFlags.of(request.exchange().request().headers()))
                      .response());
    }
  }

  /** What a streamed generation goes through (contract 3.9). */
  static TextFilter fencesOff(Candidate candidate) {
    return TextFilter.of(candidate.family()).then(new FenceFilter());
  }

  private Answering.Asked asked(ApiRequest request, CodeRequest code) throws RefusalException {
    String promptId = code.promptId();
    if (promptId == null) {
      Route route = Routing.routed(desk.routing().resolve(request, FEATURE, code.model()));
      return new Answering.Asked(request, route, Surface.CODE, new GivenRendering(code));
    }
    Prompt prompt = desk.prompts().any(promptId);
    request.require(prompt.unitPrimitive(), FORBIDDEN);
    Route route = Routing.routed(desk.routing().resolve(request, prompt.feature(), code.model()));
    desk.record(request, promptId, route, null);
    Rendering rendering =
        new GenerationRendering(desk.prompts(), promptId, null, code.file(), JsonObject.EMPTY);
    return new Answering.Asked(request, route, Surface.CODE, rendering);
  }

  private AnsweringModel model(CodeRequest code, CallResult result) {
    Prompt prompt = result.question().prompt();
    if (prompt != null) {
      return new AnsweringModel("agent", prompt.name(), desk.lang(code.file()));
    }
    RequestedModel model = code.model();
    String name = model == null ? null : model.name();
    return new AnsweringModel(
        "litellm",
        "custom_openai/" + (name == null ? result.candidate().family().wire() : name),
        desk.lang(code.file()));
  }
}
