package io.sluice.prompts;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an administrator's row may say: how an answer is made, never what a prompt is
 * for, who may use it, what it takes or what its answer must look like.
 */
final class RowParameters {

  private static final int MOST_STOPS = 4;
  private static final int LONGEST_TEXT = 500;

  private RowParameters() {}

  /** What is wrong with the header, in words for an administrator. */
  static List<String> problems(JsonObject header) {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, JsonValue> member : header.members().entrySet()) {
      String problem = problem(member.getKey(), member.getValue());
      if (problem != null) {
        problems.add("header, " + member.getKey() + ": " + problem);
      }
    }
    return problems;
  }

  private static @Nullable String problem(String name, JsonValue value) {
    return switch (name) {
      case "temperature" -> within(value, 0, 2) ? null : "must be a number from 0 to 2";
      case "top_p" -> within(value, 0.01, 1) ? null : "must be a number from 0.01 to 1";
      case "max_tokens" -> whole(value, 262_144) ? null : "must be a whole number from 1 to 262144";
      case "timeout" -> whole(value, 600) ? null : "must be seconds, a whole number from 1 to 600";
      case "stop" -> stops(value) ? null : "must be a list of at most 4 texts";
      case "system_ending" ->
          line(value) ? null : "must be one line of at most 500 characters, without {{";
      default ->
          "a row can't set it; it can set temperature, top_p, max_tokens, stop, timeout and"
              + " system_ending";
    };
  }

  private static boolean within(JsonValue value, double least, double most) {
    return value instanceof JsonNumber number
        && number.doubleValue() >= least
        && number.doubleValue() <= most;
  }

  private static boolean whole(JsonValue value, long most) {
    return value instanceof JsonNumber number
        && number.isLong()
        && number.longValue() >= 1
        && number.longValue() <= most;
  }

  private static boolean stops(JsonValue value) {
    return value instanceof JsonArray stops
        && stops.size() <= MOST_STOPS
        && stops.items().stream()
            .allMatch(
                stop ->
                    stop instanceof JsonString text
                        && !text.value().isEmpty()
                        && text.value().length() <= LONGEST_TEXT);
  }

  private static boolean line(JsonValue value) {
    return value instanceof JsonString text
        && !text.value().isBlank()
        && text.value().length() <= LONGEST_TEXT
        && text.value().indexOf('\n') < 0
        && !text.value().contains("{{");
  }
}
