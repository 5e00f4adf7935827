package io.sluice.core.log;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.regex.Pattern;

/** Masks what looks like a credential in text that a caller or a server wrote. */
public final class Redaction {

  private static final String MASK = "**********";
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)(bearer\\s+\\S+|eyJ[\\w-]{8,}(\\.[\\w-]*){0,2}|(sk|pk|rk)-[\\w-]{6,}|gl[a-z]{2,6}-[\\w-]{8,}"
              + "|gh[a-z]_\\w{16,}|A(KI|SI)A[0-9A-Z]{12,}|-----BEGIN|(password|secret|token|api[_-]?key)"
              + "\\s*[=:]\\s*\\S+)");

  private Redaction() {}

  /** The text with everything masked that has the form of a key, a token or a password. */
  public static String mask(String text) {
    return mayHoldOne(text) ? CREDENTIAL.matcher(text).replaceAll(MASK) : text;
  }

  /** The value with every text in it masked as by {@link #mask(String)}; names are not. */
  public static JsonValue mask(JsonValue value) {
    return switch (value) {
      case JsonString text -> new JsonString(mask(text.value()));
      case JsonArray items -> JsonArray.of(items.items().stream().map(Redaction::mask).toList());
      case JsonObject members -> {
        JsonObject.Builder masked = JsonObject.builder();
        members.members().forEach((name, member) -> masked.put(name, mask(member)));
        yield masked.build();
      }
      default -> value;
    };
  }

  /** Most logged text has nothing that any alternative of the pattern needs: a look is cheaper. */
  private static boolean mayHoldOne(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '-', '=', ':', '_', ' ', '\t', '\n', '\r', '\f', '\u000b' -> {
          return true;
        }
        case 'y', 'Y' -> {
          if (around(text, i, 'e', 'j')) {
            return true;
          }
        }
        case 'i', 'I' -> {
          if (around(text, i, 'k', 'a') || around(text, i, 's', 'a')) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean around(String text, int at, char before, char after) {
    return at > 0
        && at + 1 < text.length()
        && (text.charAt(at - 1) | 0x20) == before
        && (text.charAt(at + 1) | 0x20) == after;
  }
}
