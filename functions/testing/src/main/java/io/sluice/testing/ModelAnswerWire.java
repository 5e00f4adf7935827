package io.sluice.testing;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a model's answer to one call. */
final class ModelAnswerWire {

  private final ModelAnswer answer;
  private final ModelStub.RecordedCall call;
  private final boolean chat;

  ModelAnswerWire(ModelAnswer answer, ModelStub.RecordedCall call) {
    this.answer = answer;
    this.call = call;
    this.chat = call.path().contains("/chat/completions");
  }

  void stream(WireConnection connection) throws IOException {
    connection.send(
        String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: text/event-stream; charset=utf-8",
            "Transfer-Encoding: chunked",
            "",
            ""));
    if (answer.reasoning() != null) {
      connection.send(chunk(event(delta("reasoning_content", answer.reasoning(), null))));
    }
    for (String piece : answer.pieces()) {
      ModelAnswer.pause(answer.gap());
      connection.send(chunk(event(delta("content", piece, null))));
    }
    end(connection);
  }

  private void end(WireConnection connection) throws IOException {
    switch (answer.end()) {
      case ORDERLY -> connection.send(chunk(finish() + "data: [DONE]\n\n") + "0\r\n\r\n");
      case WITHOUT_DONE -> connection.send(chunk(finish()) + "0\r\n\r\n");
      case UNFINISHED -> connection.send("0\r\n\r\n");
      case MID_CHUNK -> {
        connection.send("400\r\ndata: {\"choices\"");
        throw new IOException("cut");
      }
      case RESET -> {
        ModelAnswer.pause(java.time.Duration.ofMillis(50)); // a reset may discard what was sent
        connection.reset();
      }
      case ERROR_EVENT ->
          connection.send(
              chunk("data: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n")
                  + "0\r\n\r\n");
      case SILENCE -> connection.untilClosed();
      case SHORT -> throw new IOException("cut");
    }
  }

  private String finish() {
    String last = event(delta("content", null, answer.finishReason()));
    JsonObject streamOptions = call.body().object("stream_options");
    boolean asked = streamOptions != null && streamOptions.flag("include_usage");
    return answer.usage() && asked
        ? last + event(document(List.of()).put("usage", usage()).build())
        : last;
  }

  void whole(WireConnection connection) throws IOException {
    String text = String.join("", answer.pieces());
    JsonObject.Builder message = JsonObject.builder().put("role", "assistant").put("content", text);
    message.putPresent("reasoning_content", answer.reasoning());
    JsonObject.Builder choice = JsonObject.builder().put("index", 0);
    choice = chat ? choice.put("message", message.build()) : choice.put("text", text);
    JsonObject.Builder document =
        document(List.of(choice.put("finish_reason", answer.finishReason()).build()));
    if (answer.usage()) {
      document.put("usage", usage());
    }
    String body = Json.text(document.build());
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    boolean cut = answer.end() == ModelAnswer.End.SHORT;
    connection.send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + (cut ? length + 10 : length)
            + "\r\n\r\n"
            + body);
    if (cut) {
      throw new IOException("cut");
    }
  }

  /** Vectors whose first value tells the text's index: index + 1/size, as a judge would check. */
  String embeddings() {
    JsonArray input = call.body().array("input");
    Long asked = call.body().number("dimensions");
    int size = asked == null ? answer.dimensions() : asked.intValue();
    List<JsonValue> data = new ArrayList<>();
    for (int index = 0; input != null && index < input.size(); index++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        values.add(index + (i + 1.0) / size);
      }
      data.add(
          JsonObject.builder()
              .put("object", "embedding")
              .put("index", index)
              .put("embedding", values)
              .build());
    }
    return Json.text(
        JsonObject.builder()
            .put("object", "list")
            .put("data", data)
            .put("usage", JsonObject.builder().put("prompt_tokens", data.size()).build())
            .build());
  }

  private JsonObject delta(String member, @Nullable String text, @Nullable String finishReason) {
    JsonObject.Builder choice = JsonObject.builder().put("index", 0);
    if (chat) {
      choice.put("delta", JsonObject.builder().putPresent(member, text).build());
    } else {
      choice.put("text", text == null ? "" : text);
    }
    choice.put("finish_reason", finishReason == null ? JsonNull.NULL : finishReason);
    return document(List.of(choice.build())).build();
  }

  private JsonObject.Builder document(List<JsonObject> choices) {
    return JsonObject.builder()
        .put("id", "cmpl-stub")
        .put("object", chat ? "chat.completion" : "text_completion")
        .put("model", call.model())
        .put("choices", choices);
  }

  private static JsonObject usage() {
    return JsonObject.builder()
        .put("prompt_tokens", 11)
        .put("completion_tokens", 7)
        .put("total_tokens", 18)
        .put("prompt_tokens_details", JsonObject.builder().put("cached_tokens", 3).build())
        .build();
  }

  private static String event(JsonObject document) {
    return "data: " + Json.text(document) + "\n\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length)
        + "\r\n"
        + text
        + "\r\n";
  }
}
