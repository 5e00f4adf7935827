package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.config.Features;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.core.audit.AuditTrail;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.model.ModelCall;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.Rendered;
import io.sluice.prompts.output.AnswerFilter;
import io.sluice.prompts.output.OutputContract;
import io.sluice.router.answer.AnswerStream;
import io.sluice.router.answer.PromptLineStream;
import io.sluice.router.answer.PromptUsage;
import io.sluice.router.answer.RawTextStream;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.api.PromptRequest;
import io.sluice.router.call.CallResult;
import io.sluice.router.call.Question;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Surface;
import io.sluice.router.text.TextFilter;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/prompts/{id}} and {@code POST /v2/prompts/{id}} (contract 4), which differ in the
 * answer's form. Thread-safe.
 */
public final class PromptRoute implements ApiRoute {

  /** GitLab's "Test connection": tests exactly the model that the request names. */
  public static final String CONNECTION_CHECK = "model_configuration/check";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMMM dd, yyyy", Locale.ENGLISH);

  private final Desk desk;
  private final boolean withUsage;

  /**
   * @param withUsage whether answers are objects with token usage (v2), not bare text (v1)
   */
  public PromptRoute(Desk desk, boolean withUsage) {
    this.desk = desk;
    this.withUsage = withUsage;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    String id = request.rest();
    PromptRequest asked = PromptRequest.read(request.body());
    Prompt any = desk.prompts().any(id);
    String forbidden = "Unauthorized to access '%s'".formatted(id);
    request.refuseUserToken(forbidden);
    request.require(any.unitPrimitive(), forbidden);
    if (Features.embeds(any.feature())) {
      throw new RefusalException(
          422, ErrorCode.UNKNOWN_PROMPT, "Prompt '%s' is not supported".formatted(id));
    }
    Route route = Routing.routed(resolve(request, any.feature(), asked.model()));
    Prompt first = desk.record(request, id, route, asked.promptVersion());
    JsonObject inputs = inputs(asked.inputs());
    Answering.Asked plan =
        new Answering.Asked(
            request,
            route,
            isCheck(id) ? Surface.CONNECTION_CHECK : Surface.PROMPT,
            candidate -> question(candidate, id, asked.promptVersion(), inputs));
    if (asked.stream()) {
      AnswerStream stream =
          withUsage
              ? new PromptLineStream(request.exchange())
              : new RawTextStream(request.exchange());
      if (first.contract().gathers()) {
        desk.answering().gathered(plan, stream);
      } else {
        AuditTrail trail = request.exchange().trail();
        desk.answering().stream(
            plan, stream, candidate -> filter(candidate, first.contract(), inputs, trail));
      }
    } else {
      desk.answering().whole(plan, (result, text) -> answer(asked.model(), result, text));
    }
  }

  private static TextFilter filter(
      Candidate candidate, OutputContract contract, JsonObject inputs, AuditTrail trail) {
    TextFilter usual = TextFilter.of(candidate.family());
    AnswerFilter answer = contract.filter(inputs);
    return answer == null ? usual : usual.then(new ContractFilter(answer, trail));
  }

  private Resolution resolve(ApiRequest request, String feature, @Nullable RequestedModel model)
      throws RefusalException {
    if (!isCheck(request.rest())) {
      return desk.routing().resolve(request, feature, model);
    }
    if (model == null) {
      throw new RefusalException(
          422, ErrorCode.NO_MODEL, "model_metadata must name the model whose connection to test");
    }
    return desk.routing().resolveExactly(request, feature, model);
  }

  private Question question(
      Candidate candidate, String id, @Nullable String constraint, JsonObject inputs)
      throws RefusalException {
    Prompt prompt = desk.prompts().find(id, candidate, constraint);
    Rendered rendered = desk.prompts().render(prompt, inputs, candidate);
    return new Question(
        new ModelCall.Chat(rendered.messages()),
        prompt.sampling(),
        prompt,
        inputs,
        rendered.inputTokens());
  }

  private HttpResponse answer(@Nullable RequestedModel model, CallResult result, String text) {
    if (!withUsage) {
      return HttpResponse.json(200, new JsonString(text));
    }
    String name = model == null ? null : model.name();
    return HttpResponse.json(
        200,
        JsonObject.builder()
            .put("content", text)
            .put(
                "usage",
                PromptUsage.of(
                    name == null ? result.candidate().family().wire() : name, result.usage()))
            .build());
  }

  private JsonObject inputs(JsonObject given) {
    if (given.has("current_date")) {
      return given;
    }
    return JsonObject.builder()
        .putAll(given)
        .put("current_date", DATE.format(LocalDate.now(desk.clock())))
        .build();
  }

  private static boolean isCheck(String id) {
    return id.equals(CONNECTION_CHECK);
  }
}
