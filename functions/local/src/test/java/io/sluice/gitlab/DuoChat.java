package io.sluice.gitlab;

import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Duo Chat: GitLab runs the loop, the gateway makes one step at a time (client 3.3). */
public final class DuoChat {

  private static final int TURNS = 10;
  private static final int TRIES = 3;
  private static final int FORBIDDEN = 403;

  private final GitLab gitLab;
  private final Map<String, ChatTool> tools;

  public DuoChat(GitLab gitLab, ChatTools tools) {
    this.gitLab = gitLab;
    this.tools = tools.all();
  }

  /**
   * Asks until there is an answer, up to ten steps.
   *
   * @throws DuoException with the code that the user sees
   */
  public ChatAnswer ask(ChatQuestion question) throws DuoException {
    List<ChatStep> steps = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      switch (turn(question, steps)) {
        case AgentTurn.Answer answer -> {
          return new ChatAnswer(answer.text(), steps);
        }
        case AgentTurn.Action action -> steps.add(step(action));
        case AgentTurn.Failed failed -> throw failure(failed);
        case AgentTurn.Nothing _ -> throw new DuoException("A1002", 200, "no event");
      }
    }
    throw new DuoException("A1006", 200, "ten steps without an answer");
  }

  /** A step; one that failed and says that it may be tried again is, twice at most. */
  private AgentTurn turn(ChatQuestion question, List<ChatStep> steps) throws DuoException {
    AgentTurn turn = post(question, steps);
    for (int tries = 1;
        tries < TRIES && turn instanceof AgentTurn.Failed failed && failed.retryable();
        tries++) {
      turn = post(question, steps);
    }
    return turn;
  }

  private AgentTurn post(ChatQuestion question, List<ChatStep> steps) throws DuoException {
    AgentEvents events = new AgentEvents();
    try {
      Reply reply = gitLab.railsStream("/v2/chat/agent", body(question, steps), events::add);
      if (reply.success()) {
        return AgentTurn.of(events.events());
      }
      String code = reply.status() == FORBIDDEN ? "M3006" : "A9999";
      throw new DuoException(code, reply.status(), reply.body());
    } catch (WireException e) {
      String code =
          switch (e.kind()) {
            case TIMEOUT -> "A1000";
            case TRUNCATED -> "A1003";
            case CONNECTION -> "A9999";
          };
      throw new DuoException(code, 0, String.valueOf(e.getMessage()));
    }
  }

  private JsonObject body(ChatQuestion question, List<ChatStep> steps) {
    List<JsonValue> messages = new ArrayList<>();
    messages.add(question.message());
    if (!steps.isEmpty()) {
      messages.add(
          JsonObject.builder()
              .put("role", "assistant")
              .put("agent_scratchpad", steps.stream().map(ChatStep::json).toList())
              .build());
    }
    ModelSetting model = gitLab.model();
    return JsonObject.builder()
        .put("messages", messages)
        .put("model_metadata", model == null ? JsonNull.NULL : model.metadata())
        .put("unavailable_resources", List.of("Pipelines", "Vulnerabilities"))
        .build();
  }

  private ChatStep step(AgentTurn.Action action) throws DuoException {
    ChatTool tool = tools.get(action.tool());
    if (tool == null) {
      throw new DuoException("A9999", 200, "there is no tool " + action.tool());
    }
    return new ChatStep(
        action.thought(), action.tool(), action.input(), tool.observe(action.input()));
  }

  private static DuoException failure(AgentTurn.Failed failed) {
    String code =
        failed.message().contains("prompt is too long")
            ? "A1005"
            : failed.message().contains("tool not available") ? "G3001" : "A1004";
    return new DuoException(code, 200, failed.message());
  }
}
