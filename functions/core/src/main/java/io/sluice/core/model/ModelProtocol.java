package io.sluice.core.model;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The model protocol on the wire, between router and backend: a call is one JSON object, and so is
 * each event, on a line of its own. It carries a caller's key where GitLab's metadata has one, so
 * it is never logged. Both sides must be of one deployment.
 */
public final class ModelProtocol {

  private ModelProtocol() {}

  /** The call as one JSON object in UTF-8. */
  public static byte[] write(ModelCall call) {
    return Json.write(
        JsonObject.builder()
            .put("correlation_id", call.correlationId())
            .put("target", target(call.target()))
            .put("input", input(call.input()))
            .put("sampling", sampling(call.sampling()))
            .put("stream", call.stream())
            .put("prompt_cache", call.promptCache())
            .put("first_event_ms", call.timeouts().firstEvent().toMillis())
            .put("idle_ms", call.timeouts().idle().toMillis())
            .put("total_ms", call.timeouts().total().toMillis())
            .build());
  }

  /**
   * Reads a call.
   *
   * @throws JsonSyntaxException if it isn't one; the message names the member at fault
   */
  public static ModelCall readCall(byte[] utf8) throws JsonSyntaxException {
    JsonObject json = object(Json.read(utf8), "call");
    return new ModelCall(
        text(json, "correlation_id"),
        target(child(json, "target")),
        input(child(json, "input")),
        sampling(child(json, "sampling")),
        json.flag("stream"),
        json.flag("prompt_cache"),
        new Timeouts(
            Duration.ofMillis(number(json, "first_event_ms")),
            Duration.ofMillis(number(json, "idle_ms")),
            Duration.ofMillis(number(json, "total_ms"))));
  }

  /** The event as one JSON object in UTF-8, without a line end. */
  public static byte[] write(ModelEvent event) {
    return Json.write(json(event));
  }

  private static JsonObject json(ModelEvent event) {
    JsonObject.Builder json = JsonObject.builder();
    switch (event) {
      case ModelEvent.Text text -> json.put("event", "text").put("text", text.text());
      case ModelEvent.Reasoning reasoning ->
          json.put("event", "reasoning").put("text", reasoning.text());
      case ModelEvent.ToolCall tool ->
          json.put("event", "tool_call")
              .put("index", tool.index())
              .putPresent("id", tool.id())
              .putPresent("name", tool.name())
              .put("arguments", tool.arguments());
      case ModelEvent.Vector vector ->
          json.put("event", "vector")
              .put("index", vector.index())
              .put("values", Arrays.stream(vector.values()).boxed().toList());
      case ModelEvent.Usage usage ->
          json.put("event", "usage")
              .put("input_tokens", usage.inputTokens())
              .put("output_tokens", usage.outputTokens())
              .put("cached_tokens", usage.cachedTokens());
      case ModelEvent.Finish finish -> json.put("event", "finish").put("reason", finish.reason());
      case ModelEvent.Failure failure ->
          json.put("event", "failure")
              .put("kind", failure.kind().name().toLowerCase(Locale.ROOT))
              .put("status", failure.status())
              .put("message", failure.message())
              .putPresent("retry_after_seconds", failure.retryAfterSeconds());
    }
    return json.build();
  }

  /**
   * Reads an event's line.
   *
   * @throws JsonSyntaxException if it isn't one; the message names the member at fault
   */
  public static ModelEvent readEvent(byte[] utf8) throws JsonSyntaxException {
    JsonObject json = object(Json.read(utf8), "event");
    return switch (json.text("event", "")) {
      case "text" -> new ModelEvent.Text(text(json, "text"));
      case "reasoning" -> new ModelEvent.Reasoning(text(json, "text"));
      case "tool_call" ->
          new ModelEvent.ToolCall(
              (int) number(json, "index"),
              json.text("id"),
              json.text("name"),
              text(json, "arguments"));
      case "vector" -> new ModelEvent.Vector((int) number(json, "index"), values(json));
      case "usage" ->
          new ModelEvent.Usage(
              number(json, "input_tokens"),
              number(json, "output_tokens"),
              number(json, "cached_tokens"));
      case "finish" -> new ModelEvent.Finish(text(json, "reason"));
      case "failure" ->
          new ModelEvent.Failure(
              kind(text(json, "kind")),
              (int) number(json, "status"),
              text(json, "message"),
              json.number("retry_after_seconds"));
      default -> throw malformed("event");
    };
  }

  private static JsonObject target(Target target) {
    return switch (target) {
      case Target.Row row ->
          JsonObject.builder().put("row", row.model()).put("snapshot", row.snapshot()).build();
      case Target.Metadata metadata ->
          JsonObject.builder()
              .put("family", metadata.family())
              .put("provider", metadata.provider())
              .put("model", metadata.model())
              .putPresent("endpoint", metadata.endpoint())
              .putPresent("api_key", metadata.apiKey() == null ? null : metadata.apiKey().reveal())
              .build();
    };
  }

  private static Target target(JsonObject json) throws JsonSyntaxException {
    if (json.has("row")) {
      return new Target.Row(text(json, "row"), number(json, "snapshot"));
    }
    String key = json.text("api_key");
    return new Target.Metadata(
        text(json, "family"),
        text(json, "provider"),
        text(json, "model"),
        json.text("endpoint"),
        key == null ? null : new Secret(key));
  }

  private static JsonObject input(ModelCall.Input input) {
    return switch (input) {
      case ModelCall.Chat chat -> {
        List<JsonObject> messages = new ArrayList<>();
        for (Message message : chat.messages()) {
          messages.add(
              JsonObject.builder()
                  .put("role", message.role().wire())
                  .put("content", message.content())
                  .build());
        }
        yield JsonObject.builder()
            .put("messages", messages)
            .putPresent("schema", chat.schema())
            .build();
      }
      case ModelCall.Completion completion ->
          JsonObject.builder().put("prompt", completion.prompt()).build();
      case ModelCall.Embedding embedding ->
          JsonObject.builder()
              .put("texts", embedding.texts())
              .putPresent("dimensions", embedding.dimensions())
              .build();
    };
  }

  private static ModelCall.Input input(JsonObject json) throws JsonSyntaxException {
    if (json.has("prompt")) {
      return new ModelCall.Completion(text(json, "prompt"));
    }
    if (json.has("texts")) {
      Long dimensions = json.number("dimensions");
      return new ModelCall.Embedding(
          texts(json, "texts"), dimensions == null ? null : dimensions.intValue());
    }
    List<Message> messages = new ArrayList<>();
    for (JsonValue item : array(json, "messages")) {
      JsonObject message = object(item, "messages");
      messages.add(new Message(role(text(message, "role")), text(message, "content")));
    }
    return new ModelCall.Chat(messages, json.object("schema"));
  }

  private static JsonObject sampling(Sampling sampling) {
    return JsonObject.builder()
        .putPresent("temperature", sampling.temperature())
        .putPresent("top_p", sampling.topP())
        .putPresent("max_tokens", sampling.maxTokens())
        .put("stop", sampling.stop())
        .build();
  }

  private static Sampling sampling(JsonObject json) throws JsonSyntaxException {
    Long maxTokens = json.number("max_tokens");
    return new Sampling(
        json.decimal("temperature"),
        json.decimal("top_p"),
        maxTokens == null ? null : maxTokens.intValue(),
        texts(json, "stop"));
  }

  private static Message.Role role(String wire) throws JsonSyntaxException {
    for (Message.Role role : Message.Role.values()) {
      if (role.wire().equals(wire)) {
        return role;
      }
    }
    throw malformed("role");
  }

  private static ModelEvent.Failure.Kind kind(String name) throws JsonSyntaxException {
    for (ModelEvent.Failure.Kind kind : ModelEvent.Failure.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    throw malformed("kind");
  }

  private static double[] values(JsonObject json) throws JsonSyntaxException {
    JsonArray array = array(json, "values");
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(array.get(i) instanceof JsonNumber number)) {
        throw malformed("values");
      }
      values[i] = number.doubleValue();
    }
    return values;
  }

  private static List<String> texts(JsonObject json, String name) throws JsonSyntaxException {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : array(json, name)) {
      if (!(item instanceof JsonString text)) {
        throw malformed(name);
      }
      texts.add(text.value());
    }
    return texts;
  }

  private static String text(JsonObject json, String name) throws JsonSyntaxException {
    return present(json.text(name), name);
  }

  private static long number(JsonObject json, String name) throws JsonSyntaxException {
    return present(json.number(name), name);
  }

  private static JsonArray array(JsonObject json, String name) throws JsonSyntaxException {
    return present(json.array(name), name);
  }

  private static JsonObject child(JsonObject json, String name) throws JsonSyntaxException {
    return present(json.object(name), name);
  }

  private static JsonObject object(JsonValue value, String name) throws JsonSyntaxException {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw malformed(name);
  }

  private static <T> T present(@Nullable T value, String name) throws JsonSyntaxException {
    if (value == null) {
      throw malformed(name);
    }
    return value;
  }

  private static JsonSyntaxException malformed(String name) {
    return new JsonSyntaxException("the model protocol's member " + name + " is malformed");
  }
}
