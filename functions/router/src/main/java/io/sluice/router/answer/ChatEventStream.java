package io.sluice.router.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.audit.AuditTrail;
import io.sluice.core.http.Headers;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.prompts.TokenEstimate;
import io.sluice.prompts.react.ReactOutput;
import io.sluice.prompts.react.ReactReader;
import io.sluice.router.call.CallResult;
import io.sluice.router.chat.ChatTool;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of Duo Chat (contract 5.4): a JSON object a line, {@code type} first. A model's
 * failure is an event, too, from the first one on, since GitLab asks again when that says so; the
 * body always ends in order. The model's text alone decides what the events are, and only tools
 * that were offered are called.
 */
public final class ChatEventStream implements AnswerStream {

  private static final Headers HEADERS = StreamHeaders.of("application/x-ndjson; charset=utf-8");

  private static final String GUARDRAIL = "guardrail_intervened";
  private static final String WARNING =
      "\n\nA guardrail of the model's host stepped in: parts of this answer were withheld or"
          + " replaced. Ask your administrator if you think that is wrong.";

  private final ResponseStream response;
  private final List<ChatTool> offered;
  private final AuditTrail trail;
  private final ReactReader reader = new ReactReader();
  private final StringBuilder output = new StringBuilder();
  private boolean begun;
  private boolean answered;

  /**
   * @param offered the tools that the model may call
   * @param trail is told what the model's step was
   */
  public ChatEventStream(ResponseStream response, List<ChatTool> offered, AuditTrail trail) {
    this.response = response;
    this.trail = trail;
    this.offered = List.copyOf(offered);
  }

  @Override
  public void begin() throws IOException {
    if (!begun) {
      begun = true;
      response.begin(200, HEADERS);
    }
  }

  @Override
  public boolean withdraw(RefusalException refusal) {
    return !begun && !refusal.code().ofModel();
  }

  @Override
  public void text(String piece) throws IOException {
    output.append(piece);
    answer(reader.push(piece));
  }

  @Override
  public void end(CallResult result) throws IOException {
    switch (reader.finish()) {
      case ReactOutput.Answer last -> {
        trail.output("answer");
        answer(last.rest());
        finish(result.finishReason());
      }
      case ReactOutput.Action action -> act(action);
      case ReactOutput.Unknown unknown -> {
        trail.output("unreadable: neither answer nor action");
        event("unknown", JsonObject.builder().put("text", unknown.text()));
      }
    }
    event(
        "usage",
        JsonObject.builder()
            .put("usage", PromptUsage.of(result.candidate().wireModel(), usage(result))));
    response.end();
  }

  @Override
  public void fail(RefusalException failure) throws IOException {
    begin();
    error(failure.detail(), failure.code() == ErrorCode.MODEL_OVERLOADED);
    response.end();
  }

  private void answer(String text) throws IOException {
    if (!text.isEmpty()) {
      answered = true;
      delta(text, null);
    }
  }

  private void finish(String reason) throws IOException {
    if (reason.equals(GUARDRAIL)) {
      delta(WARNING, reason);
    } else if (!reason.isEmpty() || !answered) {
      delta("", reason.isEmpty() ? null : reason);
    }
  }

  private void act(ReactOutput.Action action) throws IOException {
    Optional<ChatTool> tool = ChatTool.named(action.tool(), offered);
    if (tool.isEmpty()) {
      trail.output("action: a tool that was not offered");
      error("tool not available", false);
      return;
    }
    trail.output("action: " + tool.get().wire());
    event(
        "action",
        JsonObject.builder()
            .put("tool", tool.get().wire())
            .put("tool_input", action.input())
            .put("thought", action.thought()));
  }

  private void delta(String text, @Nullable String finishReason) throws IOException {
    event(
        "final_answer_delta",
        JsonObject.builder().put("text", text).put("finish_reason", finishReason));
  }

  private void error(String message, boolean retryable) throws IOException {
    event("error", JsonObject.builder().put("message", message).put("retryable", retryable));
  }

  private void event(String type, JsonObject.Builder data) throws IOException {
    JsonObject event = JsonObject.builder().put("type", type).put("data", data.build()).build();
    response.write((SpacedJson.text(event) + "\n").getBytes(UTF_8));
  }

  /** As the model server counts, else an estimate. */
  private ModelEvent.Usage usage(CallResult result) {
    if (result.usage() != null) {
      return result.usage();
    }
    int asked = 0;
    if (result.question().input() instanceof ModelCall.Chat chat) {
      for (Message message : chat.messages()) {
        asked += TokenEstimate.of(message.content());
      }
    }
    return new ModelEvent.Usage(asked, TokenEstimate.of(output), 0);
  }
}
