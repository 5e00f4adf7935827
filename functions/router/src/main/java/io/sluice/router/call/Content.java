package io.sluice.router.call;

import io.sluice.config.Candidate;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import java.io.IOException;
import java.util.List;

/**
 * Hands text on and, only where rows and GitLab both want it recorded, keeps a copy of it for the
 * audit record (design, decision 6).
 */
final class Content implements TextSink {

  private final CallPlan plan;
  private final TextSink next;
  private final StringBuilder answer = new StringBuilder();

  Content(CallPlan plan, TextSink next) {
    this.plan = plan;
    this.next = next;
  }

  @Override
  public void text(Candidate candidate, Question question, String piece) throws IOException {
    if (plan.logContent()) {
      answer.append(piece);
    }
    next.text(candidate, question, piece);
  }

  @Override
  public void vector(ModelEvent.Vector vector) {
    next.vector(vector);
  }

  void record(CallResult result) {
    if (plan.logContent()) {
      plan.exchange()
          .trail()
          .content(
              JsonObject.builder()
                  .put("prompt", describe(result.question().input()))
                  .put("answer", answer)
                  .build());
    }
  }

  private static JsonValue describe(ModelCall.Input input) {
    return switch (input) {
      case ModelCall.Chat chat ->
          JsonArray.of(
              chat.messages().stream()
                  .map(
                      message ->
                          JsonObject.builder()
                              .put("role", message.role().wire())
                              .put("content", message.content())
                              .build())
                  .toList());
      case ModelCall.Completion completion -> JsonValue.of(completion.prompt());
      case ModelCall.Embedding ignored -> JsonArray.of(List.of());
    };
  }
}
