package io.sluice.router.route;

import io.sluice.config.RequestedModel;
import io.sluice.config.Route;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelCall;
import io.sluice.router.answer.RawTextStream;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.api.LegacyChatRequest;
import io.sluice.router.call.CallResult;
import io.sluice.router.call.Question;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Surface;
import io.sluice.router.text.TextFilter;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/chat/{invokable}} of older GitLab, which writes its prompts itself (contract 5.6,
 * as designed). Thread-safe.
 */
public final class LegacyChatRoute implements ApiRoute {

  private static final String CHAT = "duo_chat";

  /** What can be invoked, and the scope that it takes (contract 2.6). */
  private static final Map<String, String> UNIT_PRIMITIVES =
      Map.of(
          "agent", CHAT,
          "explain_code", CHAT,
          "write_tests", CHAT,
          "refactor_code", CHAT,
          "explain_vulnerability", "explain_vulnerability",
          "summarize_comments", "summarize_comments",
          "troubleshoot_job", "troubleshoot_job");

  private final Desk desk;

  public LegacyChatRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    String name = request.rest();
    String unitPrimitive = UNIT_PRIMITIVES.get(name);
    if (unitPrimitive == null) {
      throw new RefusalException(404, ErrorCode.NOT_FOUND, "Not found");
    }
    LegacyChatRequest chat = LegacyChatRequest.read(request.body());
    String forbidden = "Unauthorized to access " + unitPrimitive;
    request.refuseUserToken(forbidden);
    request.require(unitPrimitive, forbidden);
    String feature = name.equals("agent") ? CHAT : CHAT + "_" + name;
    Route route = Routing.routed(desk.routing().resolve(request, feature, chat.model()));
    var asked =
        new Answering.Asked(
            request,
            route,
            Surface.LEGACY_CHAT,
            candidate ->
                new Question(
                    new ModelCall.Chat(chat.messages()),
                    chat.sampling(),
                    null,
                    JsonObject.EMPTY,
                    0));
    if (chat.stream()) {
      desk.answering().stream(
          asked,
          new RawTextStream(request.exchange()),
          candidate -> TextFilter.of(candidate.family()));
    } else {
      desk.answering().whole(asked, (result, text) -> answer(chat.model(), result, text));
    }
  }

  private HttpResponse answer(@Nullable RequestedModel model, CallResult result, String text) {
    String provider = model == null ? null : model.provider();
    String name = model == null ? null : model.name();
    JsonObject metadata =
        JsonObject.builder()
            .put("provider", provider == null ? "litellm" : provider)
            .put("model", name == null ? result.candidate().family().wire() : name)
            .put("timestamp", desk.now())
            .build();
    return HttpResponse.json(
        200, JsonObject.builder().put("response", text).put("metadata", metadata).build());
  }
}
