package io.sluice.prompts.output;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which resource a question is about (contract 4.5, reader output): a JSON object in a fence tagged
 * {@code json}, of {@code ResourceIdentifierType}, one of the reader's, and {@code
 * ResourceIdentifier}. Where the prompt began the object for the model, GitLab puts the beginning
 * back, if the fence is closed.
 */
final class ResourceContract implements OutputContract {

  private static final String TYPE = "ResourceIdentifierType";
  private static final String IDENTIFIER = "ResourceIdentifier";

  private static final String FENCE = "```";
  private static final String JSON_FENCE = FENCE + "json";

  /** What the prompts begin, and GitLab puts back. */
  private static final String HEAD = "{\"" + TYPE + "\": \"";

  /** GitLab reads an answer only up to here. */
  private static final String END = "Question:";

  private final List<String> types;

  /**
   * @param types what the identifier may be, {@code current} among them
   */
  ResourceContract(String... types) {
    this.types = List.of(types);
  }

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    boolean continued = !answer.contains(TYPE);
    JsonObject readable = fenced(continued ? JSON_FENCE + HEAD + answer : answer);
    JsonObject found = readable == null ? loose(answer, continued) : readable;
    if (found == null) {
      return new Broken(answer, "it has no JSON object with " + TYPE);
    }
    String type = type(found);
    if (type == null) {
      return new Broken(answer, TYPE + " must be one of " + String.join(", ", types));
    }
    JsonValue identifier = ResourceIdentifier.of(type, found.get(IDENTIFIER));
    if (identifier == null) {
      return new Broken(answer, IDENTIFIER + " must be " + ResourceIdentifier.wanted(type));
    }
    boolean exact = type.equals(found.text(TYPE)) && identifier.equals(found.get(IDENTIFIER));
    if (exact && readable != null) {
      return new Kept(answer);
    }
    return new Repaired(written(type, identifier), repair(exact, continued));
  }

  @Override
  public JsonObject schema() {
    JsonObject type = JsonObject.of(Map.of("type", "string", "enum", types));
    JsonObject identifier =
        JsonObject.of(
            Map.of("anyOf", List.of(Map.of("type", "string"), Map.of("type", "integer"))));
    return JsonObject.builder()
        .put("type", "object")
        .put("properties", JsonObject.builder().put(TYPE, type).put(IDENTIFIER, identifier).build())
        .put("required", List.of(TYPE, IDENTIFIER))
        .put("additionalProperties", false)
        .build();
  }

  /** What GitLab would read. */
  private static @Nullable JsonObject fenced(String answer) {
    int end = answer.indexOf(END);
    String text = end < 0 ? answer : answer.substring(0, end);
    int open = text.indexOf(JSON_FENCE);
    int from = open + JSON_FENCE.length();
    int close = open < 0 ? -1 : text.indexOf(FENCE, from);
    JsonInText json = close < 0 ? null : JsonInText.first(text.substring(from, close), '{');
    return json != null && json.bare() ? resource(json) : null;
  }

  private static @Nullable JsonObject loose(String answer, boolean continued) {
    if (!continued) {
      int brace = answer.lastIndexOf('{', answer.indexOf(TYPE));
      return brace < 0 ? null : resource(JsonInText.first(answer.substring(brace), '{'));
    }
    String rest = answer.strip();
    return resource(
        JsonInText.first(HEAD + (rest.startsWith("\"") ? rest.substring(1) : rest), '{'));
  }

  private static @Nullable JsonObject resource(@Nullable JsonInText json) {
    return json != null && json.value() instanceof JsonObject object && object.has(TYPE)
        ? object
        : null;
  }

  private @Nullable String type(JsonObject object) {
    String type = object.text(TYPE, "").strip().toLowerCase(Locale.ROOT);
    return types.contains(type) ? type : null;
  }

  private static String written(String type, JsonValue identifier) {
    return JSON_FENCE
        + "\n"
        + HEAD
        + type
        + "\", \""
        + IDENTIFIER
        + "\": "
        + Json.text(identifier)
        + "}\n"
        + FENCE;
  }

  private static String repair(boolean exact, boolean continued) {
    if (!exact) {
      return "type and identifier written as GitLab reads them";
    }
    return continued ? "the begun JSON completed" : "JSON taken out of the text and fenced";
  }
}
