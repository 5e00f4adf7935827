package io.sluice.gitlab;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import java.util.Set;

/** Asks which issue, epic, job and so on a question means (client 3.4). */
public final class ResourceReader {

  /**
   * What is meant.
   *
   * @param type {@code current}, {@code iid}, {@code id}, {@code url} or {@code reference}
   */
  public record Resource(String type, String identifier) {}

  private static final int TRIES = 3;
  private static final String FAILED = "M4001";
  private static final String FIRST_KEY = "ResourceIdentifierType";
  private static final String FENCE = "```json";

  /** What the prompt's prefill begins with: a model that continues it leaves this out. */
  private static final String HEAD = FENCE + "\n{\n  \"" + FIRST_KEY + "\": \"";

  private static final Set<String> TYPES = Set.of("current", "iid", "id", "url", "reference");

  private final ChatPrompt prompt;
  private final String unit;

  /**
   * @param unit such as {@code issue_reader}
   */
  public ResourceReader(GitLab gitLab, String unit) {
    this.prompt = new ChatPrompt(gitLab);
    this.unit = unit;
  }

  /**
   * Asks, again with what was wrong when the answer is no JSON, up to three times.
   *
   * @throws DuoException M4001 if no answer can be read
   */
  public Resource identify(String input) throws DuoException {
    StringBuilder suggestions = new StringBuilder();
    for (int tries = 0; tries < TRIES; tries++) {
      JsonObject inputs =
          JsonObject.builder()
              .put("input", input)
              .put("suggestions", suggestions.toString())
              .build();
      try {
        return read(prompt.text(unit, inputs, FAILED));
      } catch (JsonSyntaxException e) {
        suggestions.append("\nError: invalid JSON: ").append(e.getMessage());
      }
    }
    throw new DuoException(FAILED, 200, "no JSON in three answers" + suggestions);
  }

  private static Resource read(String answer) throws JsonSyntaxException, DuoException {
    String text = answer.contains(FIRST_KEY) ? answer : HEAD + answer;
    int question = text.indexOf("Question:");
    text = question < 0 ? text : text.substring(0, question);
    int fence = text.indexOf(FENCE);
    text = fence < 0 ? text : text.substring(fence + FENCE.length());
    int end = text.indexOf("```");
    text = end < 0 ? text : text.substring(0, end);
    if (!(Json.read(text.strip()) instanceof JsonObject object)) {
      throw new JsonSyntaxException("not an object");
    }
    String type = object.text(FIRST_KEY, "");
    if (!TYPES.contains(type)) {
      throw new DuoException(FAILED, 200, "a resource of no known type");
    }
    return new Resource(type, identifier(object));
  }

  private static String identifier(JsonObject object) {
    return switch (object.get("ResourceIdentifier")) {
      case JsonString text -> text.value();
      case JsonNumber number -> number.text();
      case null, default -> "";
    };
  }
}
