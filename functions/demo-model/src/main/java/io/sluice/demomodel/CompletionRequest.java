package io.sluice.demomodel;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request of either dialect, as far as the demo model understands it; other members are ignored.
 *
 * @param prompt the whole prompt, control tokens and all
 */
record CompletionRequest(
    Dialect dialect,
    String prompt,
    LanguageModel.Options options,
    List<String> stop,
    boolean stream,
    boolean includeUsage) {

  /**
   * Reads a body.
   *
   * @throws ModelRequestException 400, if it can't be understood
   */
  static CompletionRequest read(Dialect dialect, byte[] body) throws ModelRequestException {
    JsonObject members = object(body);
    JsonObject streamOptions = members.object("stream_options");
    return new CompletionRequest(
        dialect,
        dialect == Dialect.CHAT ? ChatMl.prompt(messages(members)) : prompt(members),
        new LanguageModel.Options(maxTokens(members), temperature(members)),
        stop(members),
        members.flag("stream"),
        streamOptions != null && streamOptions.flag("include_usage"));
  }

  private static JsonObject object(byte[] body) throws ModelRequestException {
    try {
      if (Json.read(body) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw invalid("The body can't be read: " + e.getMessage());
    }
    throw invalid("The body must be a JSON object");
  }

  private static List<Message> messages(JsonObject members) throws ModelRequestException {
    JsonArray array = members.array("messages");
    if (array == null || array.size() == 0) {
      throw invalid("messages must be a list with at least one message");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonObject message)) {
        throw invalid("Each of messages must be an object");
      }
      messages.add(new Message(role(message), content(message.get("content"))));
    }
    return messages;
  }

  private static Message.Role role(JsonObject message) throws ModelRequestException {
    String role = message.text("role", "");
    return switch (role) {
      case "system", "developer" -> Message.Role.SYSTEM;
      case "user" -> Message.Role.USER;
      case "assistant" -> Message.Role.ASSISTANT;
      default -> throw invalid("The role of a message must be system, user or assistant");
    };
  }

  private static String content(@org.jspecify.annotations.Nullable JsonValue content)
      throws ModelRequestException {
    if (content instanceof JsonString text) {
      return text.value();
    }
    if (content instanceof JsonArray parts) {
      StringBuilder text = new StringBuilder();
      for (JsonValue part : parts) {
        if (!(part instanceof JsonObject object) || object.text("text") == null) {
          throw invalid("The content of a message must be text");
        }
        text.append(object.text("text"));
      }
      return text.toString();
    }
    throw invalid("The content of a message must be text");
  }

  private static String prompt(JsonObject members) throws ModelRequestException {
    if (members.get("prompt") instanceof JsonArray prompts
        && prompts.size() == 1
        && prompts.get(0) instanceof JsonString only) {
      return only.value();
    }
    String prompt = members.text("prompt");
    if (prompt == null || prompt.isEmpty()) {
      throw invalid("prompt must be a text");
    }
    return prompt;
  }

  private static int maxTokens(JsonObject members) throws ModelRequestException {
    for (String name : List.of("max_completion_tokens", "max_tokens")) {
      JsonValue value = members.get(name);
      if (value != null && value != JsonNull.NULL) {
        Long tokens = members.number(name);
        if (tokens == null || tokens < 1) {
          throw invalid(name + " must be a whole number of at least 1");
        }
        return (int) Math.min(tokens, Limits.ANSWER_TOKENS);
      }
    }
    return Limits.DEFAULT_ANSWER_TOKENS;
  }

  private static double temperature(JsonObject members) throws ModelRequestException {
    JsonValue value = members.get("temperature");
    if (value == null || value == JsonNull.NULL) {
      return 0.2;
    }
    Double temperature = members.decimal("temperature");
    if (temperature == null || !(temperature >= 0 && temperature <= 2)) {
      throw invalid("temperature must be a number from 0 to 2");
    }
    return temperature;
  }

  private static List<String> stop(JsonObject members) throws ModelRequestException {
    JsonValue value = members.get("stop");
    if (value == null || value == JsonNull.NULL) {
      return List.of();
    }
    if (value instanceof JsonString one) {
      return List.of(one.value());
    }
    List<String> stop = new ArrayList<>();
    if (value instanceof JsonArray several) {
      for (JsonValue item : several) {
        if (item instanceof JsonString text) {
          stop.add(text.value());
        }
      }
      if (stop.size() == several.size()) {
        return stop;
      }
    }
    throw invalid("stop must be a text or a list of texts");
  }

  private static ModelRequestException invalid(String message) {
    return new ModelRequestException(400, "invalid_request", message);
  }

  @Override
  public String toString() {
    return dialect.name().toLowerCase(Locale.ROOT) + " of " + prompt.length() + " characters";
  }
}
