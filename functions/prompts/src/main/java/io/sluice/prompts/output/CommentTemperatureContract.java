package io.sluice.prompts.output;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The temperature of a comment: a rating, 1 or 2, and at most three issues, as bare JSON. */
final class CommentTemperatureContract implements OutputContract {

  private static final String RATING = "rating";
  private static final String ISSUES = "issues";
  private static final int MOST_ISSUES = 3;

  private static final JsonObject SCHEMA =
      JsonSchema.object(
          JsonObject.builder()
              .put(RATING, JsonSchema.oneOfNumbers(List.of(1, 2)))
              .put(ISSUES, JsonSchema.array(JsonSchema.string()))
              .build());

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    JsonInText found = JsonInText.first(answer, '{');
    if (found == null || !(found.value() instanceof JsonObject object)) {
      return new Broken(answer, "it is no JSON object");
    }
    Long rating = rating(object);
    if (rating == null || (rating != 1 && rating != 2)) {
      return new Broken(answer, "rating is neither 1 nor 2");
    }
    JsonArray given = Objects.requireNonNullElse(object.array(ISSUES), JsonArray.EMPTY);
    List<String> issues = issues(given);
    return JsonVerdict.of(
        answer,
        found,
        JsonObject.builder().put(RATING, rating).put(ISSUES, issues).build(),
        object.members().size() == 2
            && object.number(RATING) != null
            && object.array(ISSUES) != null
            && issues.size() == given.size());
  }

  @Override
  public JsonObject schema() {
    return SCHEMA;
  }

  private static @Nullable Long rating(JsonObject object) {
    String text = object.text(RATING);
    if (text == null) {
      return object.number(RATING);
    }
    return switch (text.strip()) {
      case "1" -> 1L;
      case "2" -> 2L;
      default -> null;
    };
  }

  private static List<String> issues(JsonArray array) {
    List<String> issues = new ArrayList<>();
    for (JsonValue item : array) {
      if (item instanceof JsonString text
          && !text.value().isBlank()
          && issues.size() < MOST_ISSUES) {
        issues.add(text.value());
      }
    }
    return issues;
  }
}
