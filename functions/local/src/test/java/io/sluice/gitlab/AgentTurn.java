package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** What the events of one step come to (client 3.3): an answer wins over an action. */
sealed interface AgentTurn {

  /** The chat's answer. */
  record Answer(String text) implements AgentTurn {}

  /** A tool to call. */
  record Action(String thought, String tool, String input) implements AgentTurn {}

  /** The step failed. */
  record Failed(String message, boolean retryable) implements AgentTurn {}

  /** There was no event that Rails knows. */
  record Nothing() implements AgentTurn {}

  /** Reads the events of a step. */
  static AgentTurn of(List<JsonObject> events) {
    StringBuilder answer = new StringBuilder();
    boolean answered = false;
    AgentTurn other = new Nothing();
    for (JsonObject event : events) {
      JsonObject data = Objects.requireNonNullElse(event.object("data"), JsonObject.EMPTY);
      switch (event.text("type", "")) {
        case "final_answer_delta", "unknown" -> {
          answered = true;
          answer.append(data.text("text", ""));
        }
        case "action" ->
            other =
                new Action(
                    data.text("thought", ""), data.text("tool", ""), data.text("tool_input", ""));
        case "error" -> {
          return new Failed(data.text("message", ""), data.flag("retryable"));
        }
        default -> {} // logged and dropped
      }
    }
    return answered ? new Answer(answer.toString()) : other;
  }
}
