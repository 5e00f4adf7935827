package io.sluice.prompts.output;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that an answer holds.
 *
 * @param value the value
 * @param bare whether there is nothing else
 */
record JsonInText(JsonValue value, boolean bare) {

  /** More places where a value may begin are not tried. */
  private static final int MOST_STARTS = 20;

  /**
   * The first value of that type in the text.
   *
   * @param open the character that begins one: a brace or a bracket
   * @return {@code null} if there is none
   */
  static @Nullable JsonInText first(String text, char open) {
    int start = text.indexOf(open);
    for (int i = 0; i < MOST_STARTS && start >= 0; i++) {
      int end = end(text, start);
      JsonValue value = end < 0 ? null : parsed(text.substring(start, end));
      if (value != null) {
        boolean bare = text.substring(0, start).isBlank() && text.substring(end).isBlank();
        return new JsonInText(value, bare);
      }
      start = text.indexOf(open, start + 1);
    }
    return null;
  }

  /** Where the value ends by its brackets; -1 where it doesn't. */
  private static int end(String text, int start) {
    int depth = 0;
    boolean string = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (string) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          string = false;
        }
      } else if (c == '"') {
        string = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return -1;
  }

  private static @Nullable JsonValue parsed(String text) {
    try {
      return Json.read(text);
    } catch (JsonSyntaxException e) {
      return null;
    }
  }
}
