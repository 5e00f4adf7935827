package io.sluice.backend.openai;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.ModelEvent;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the JSON documents of an answer, whole or in chunks, into events. Keeps what only the last
 * one tells: finish reason and usage. For one thread.
 */
final class AnswerDocument {

  /** A reason gets into logs: it is a word, not a text of the server's. */
  private static final Pattern REASON = Pattern.compile("[A-Za-z_-]{1,24}");

  private final Delivery delivery;
  private final AnswerSize size;
  private @Nullable String finishReason;
  private ModelEvent.@Nullable Usage usage;

  AnswerDocument(Delivery delivery, AnswerSize size) {
    this.delivery = delivery;
    this.size = size;
  }

  /** The finish reason, once the server has told it. */
  @Nullable String finishReason() {
    return finishReason;
  }

  /** Reports the usage, if any, and the end. */
  void finish() throws IOException {
    if (usage != null) {
      delivery.send(usage);
    }
    delivery.send(new ModelEvent.Finish(finishReason == null ? "stop" : finishReason));
  }

  /**
   * Reports a document's choice.
   *
   * @return whether anything of an answer was in it
   * @throws CallFailure if the document is an error or the answer too long
   */
  boolean take(JsonObject document) throws CallFailure, IOException {
    ErrorAnswer.throwIfError(document);
    JsonObject counts = document.object("usage");
    if (counts != null) {
      usage = usage(counts);
    }
    JsonObject choice = choice(document);
    if (choice == null) {
      return false;
    }
    JsonObject message = choice.object("delta");
    message = message == null ? choice.object("message") : message;
    boolean said = message != null && said(message);
    said |= text(choice.get("text"));
    String reason = choice.text("finish_reason");
    if (reason != null && !reason.isEmpty()) {
      finishReason = REASON.matcher(reason).matches() ? reason : "other";
    }
    return said;
  }

  /** The first choice: we never ask for more than one. */
  private static @Nullable JsonObject choice(JsonObject document) {
    JsonArray choices = document.array("choices");
    if (choices != null) {
      for (JsonValue item : choices) {
        if (item instanceof JsonObject choice) {
          Long index = choice.number("index");
          if (index == null || index == 0) {
            return choice;
          }
        }
      }
    }
    return null;
  }

  private boolean said(JsonObject message) throws CallFailure, IOException {
    boolean said = reasoning(message.text("reasoning_content"));
    if (!said) {
      said = reasoning(message.text("reasoning")); // some servers send both, alike
    }
    said |= text(message.get("content"));
    said |= text(message.get("refusal"));
    JsonArray tools = message.array("tool_calls");
    for (int i = 0; tools != null && i < tools.size(); i++) {
      if (tools.get(i) instanceof JsonObject tool) {
        tool(tool, i);
        said = true;
      }
    }
    return said;
  }

  private boolean reasoning(@Nullable String text) throws CallFailure, IOException {
    if (text == null || text.isEmpty()) {
      return false;
    }
    size.add(text);
    delivery.send(new ModelEvent.Reasoning(text));
    return true;
  }

  /** Text is a string, or parts of which some are text. */
  private boolean text(@Nullable JsonValue content) throws CallFailure, IOException {
    if (content instanceof JsonArray parts) {
      boolean said = false;
      for (JsonValue part : parts) {
        said |= part instanceof JsonObject object && text(object.get("text"));
      }
      return said;
    }
    if (!(content instanceof JsonString text) || text.value().isEmpty()) {
      return false;
    }
    size.add(text.value());
    delivery.send(new ModelEvent.Text(text.value()));
    return true;
  }

  private void tool(JsonObject tool, int position) throws CallFailure, IOException {
    JsonObject function = tool.object("function");
    Long index = tool.number("index");
    String name = function == null ? null : function.text("name");
    String arguments = function == null ? "" : function.text("arguments", "");
    size.add(arguments);
    delivery.send(
        new ModelEvent.ToolCall(
            index == null ? position : index.intValue(), tool.text("id"), name, arguments));
  }

  private static ModelEvent.Usage usage(JsonObject counts) {
    JsonObject details = counts.object("prompt_tokens_details");
    return new ModelEvent.Usage(
        count(counts, "prompt_tokens"),
        count(counts, "completion_tokens"),
        details == null ? 0 : count(details, "cached_tokens"));
  }

  /** Usage goes into bills: what is no count counts as none. */
  private static long count(JsonObject counts, String name) {
    Long count = counts.number(name);
    return count == null ? 0 : Math.max(0, count);
  }
}
