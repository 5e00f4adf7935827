package io.sluice.prompts.output;

import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What may stand for a resource in a reader's answer. */
final class ResourceIdentifier {

  private static final String MARKS = "#!&";

  private ResourceIdentifier() {}

  /** The identifier as GitLab reads it, {@code null} if it is none of that type. */
  static @Nullable JsonValue of(String type, @Nullable JsonValue value) {
    String text = text(value);
    return switch (type) {
      case "current" -> text.isEmpty() ? new JsonString(type) : value;
      case "iid", "id" -> number(text, value);
      case "url" ->
          text.startsWith("https://") || text.startsWith("http://") ? trimmed(text, value) : null;
      default -> text.isEmpty() ? null : trimmed(text, value);
    };
  }

  static String wanted(String type) {
    return switch (type) {
      case "iid", "id" -> "the number alone";
      case "url" -> "a whole link";
      default -> "a text";
    };
  }

  private static String text(@Nullable JsonValue value) {
    return switch (value) {
      case JsonString string -> string.value().strip();
      case JsonNumber number -> number.text();
      case null, default -> "";
    };
  }

  private static @Nullable JsonValue number(String text, @Nullable JsonValue value) {
    String digits =
        !text.isEmpty() && MARKS.indexOf(text.charAt(0)) >= 0 ? text.substring(1) : text;
    if (digits.isEmpty()) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return null;
      }
    }
    return trimmed(digits, value);
  }

  /** The value as it is if it is that text already. */
  private static JsonValue trimmed(String text, @Nullable JsonValue value) {
    if (value instanceof JsonNumber) {
      return value;
    }
    return value instanceof JsonString string && string.value().equals(text)
        ? string
        : new JsonString(text);
  }
}
