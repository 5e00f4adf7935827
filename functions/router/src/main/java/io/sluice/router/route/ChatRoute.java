package io.sluice.router.route;

import io.sluice.config.Route;
import io.sluice.prompts.Prompt;
import io.sluice.router.answer.ChatEventStream;
import io.sluice.router.api.ChatMessage;
import io.sluice.router.api.ChatRequest;
import io.sluice.router.api.ContextItem;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.chat.ChatTool;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Surface;
import io.sluice.router.text.TextFilter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** {@code POST /v2/chat/agent} (contract 5.1 to 5.5): one step of Duo Chat. Thread-safe. */
public final class ChatRoute implements ApiRoute {

  private static final String FORBIDDEN = "Unauthorized to access duo chat";
  private static final String CORE = "duo_chat";
  private static final String CORE_FORBIDDEN =
      "Duo Core no longer authorized to access Duo Classic Chat";
  private static final String MENTION = "@GitLabDuo";

  private final Desk desk;

  public ChatRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    ChatRequest chat = ChatRequest.read(request.body());
    request.refuseUserToken(FORBIDDEN);
    Prompt any = desk.prompts().any(ChatRendering.PROMPT);
    authorize(request, chat, any.unitPrimitive());
    Route route = Routing.routed(desk.routing().resolve(request, any.feature(), chat.model()));
    desk.record(request, ChatRendering.PROMPT, route, null);
    List<ChatTool> tools =
        ChatTool.offeredTo(
            request.caller(), request.exchange().request().headers().first("X-Gitlab-Version", ""));
    var asked =
        new Answering.Asked(
            request,
            route,
            Surface.CHAT,
            new ChatRendering(desk.prompts(), chat, tools, LocalDate.now(desk.clock())));
    desk.answering().stream(
        asked,
        new ChatEventStream(request.exchange(), tools, request.exchange().trail()),
        candidate -> TextFilter.of(candidate.family()));
  }

  /** Contract 2.6: Duo Core's scope is enough for who mentions the assistant. */
  private static void authorize(ApiRequest request, ChatRequest chat, String unitPrimitive)
      throws RefusalException {
    if (request.caller().can(unitPrimitive)) {
      request.require(unitPrimitive, FORBIDDEN);
    } else {
      request.require(CORE, FORBIDDEN);
      if (!mentions(chat.messages())) {
        throw RefusalException.forbidden(CORE_FORBIDDEN);
      }
    }
    for (ChatMessage message : chat.messages()) {
      for (ContextItem item : message.context()) {
        String scope = item.unitPrimitive();
        if (scope != null) {
          request.require(scope, "Unauthorized to access " + scope);
        }
      }
    }
  }

  /** Whether the newest question that says anything mentions the assistant. */
  private static boolean mentions(List<ChatMessage> messages) {
    for (ChatMessage message : messages.reversed()) {
      String content = message.content();
      if (message.ofUser() && content != null && !content.isEmpty()) {
        return content.contains(MENTION);
      }
    }
    return false;
  }
}
