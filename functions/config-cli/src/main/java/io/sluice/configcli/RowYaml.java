package io.sluice.configcli;

import io.sluice.config.row.RowDocument;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A row as YAML that reads back as the same row: kind and name first, a line a field; what is
 * nested in flow style, a text of several lines as a block. Pure functions.
 */
final class RowYaml {

  /** Texts that every YAML reader takes for texts. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

  private static final Set<String> NOT_TEXTS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf");

  private RowYaml() {}

  /** The document, with a line break at its end and without the line that separates documents. */
  static String text(RowDocument row) {
    Map<String, JsonValue> rest = new TreeMap<>(row.fields().members());
    StringBuilder yaml = new StringBuilder();
    for (String first : List.of("kind", "name")) {
      JsonValue value = rest.remove(first);
      if (value != null) {
        field(yaml, first, value);
      }
    }
    rest.forEach((name, value) -> field(yaml, name, value));
    return yaml.toString();
  }

  private static void field(StringBuilder yaml, String name, JsonValue value) {
    yaml.append(text(name)).append(": ");
    if (value instanceof JsonString string && isBlock(string.value())) {
      yaml.append("|\n");
      string
          .value()
          .lines()
          .forEach(line -> yaml.append(line.isEmpty() ? "" : "  " + line).append('\n'));
    } else {
      yaml.append(flow(value)).append('\n');
    }
  }

  /** A block keeps one line break at its end; its indentation is that of its first line. */
  private static boolean isBlock(String text) {
    return text.endsWith("\n")
        && !text.endsWith("\n\n")
        && !Character.isWhitespace(text.charAt(0))
        && text.lines().noneMatch(line -> line.isBlank() && !line.isEmpty())
        && text.chars().allMatch(c -> c == '\n' || c == '\t' || printable(c));
  }

  /** Neither a control character nor a line break of YAML's, nor half of a pair. */
  private static boolean printable(int c) {
    return c >= ' '
        && (c < 0x7f || c > 0x9f)
        && c != 0x2028
        && c != 0x2029
        && c != 0xfeff
        && !Character.isSurrogate((char) c)
        && c < 0xfffe;
  }

  private static String flow(JsonValue value) {
    return switch (value) {
      case JsonObject object -> object(object);
      case JsonArray array -> array(array);
      case JsonString string -> text(string.value());
      default -> Json.text(value);
    };
  }

  private static String object(JsonObject object) {
    return object.members().entrySet().stream()
        .map(member -> text(member.getKey()) + ": " + flow(member.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String array(JsonArray array) {
    List<String> items = new ArrayList<>();
    array.forEach(item -> items.add(flow(item)));
    return "[" + String.join(", ", items) + "]";
  }

  private static String text(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !NOT_TEXTS.contains(text.toLowerCase(Locale.ROOT));
    if (plain) {
      return text;
    }
    JsonValue value = JsonValue.of(text);
    return text.chars().allMatch(RowYaml::printable) ? Json.text(value) : Json.asciiLine(value);
  }
}
