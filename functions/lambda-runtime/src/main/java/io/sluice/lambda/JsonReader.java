package io.sluice.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, texts and literals, a number as its text. For one text; not
 * thread-safe.
 */
final class JsonReader {

  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  /**
   * The whole text as one value.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  @Nullable Object read() {
    Object value = value(0);
    blanks();
    if (at < text.length()) {
      throw malformed();
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed();
    }
    blanks();
    if (taken('{')) {
      return members(depth);
    }
    if (taken('[')) {
      return elements(depth);
    }
    return taken('"') ? string() : literal();
  }

  private Map<String, @Nullable Object> members(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    blanks();
    if (taken('}')) {
      return members;
    }
    do {
      blanks();
      expect('"');
      String name = string();
      blanks();
      expect(':');
      members.put(name, value(depth + 1));
      blanks();
    } while (taken(','));
    expect('}');
    return members;
  }

  private List<@Nullable Object> elements(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    blanks();
    if (taken(']')) {
      return elements;
    }
    do {
      elements.add(value(depth + 1));
      blanks();
    } while (taken(','));
    expect(']');
    return elements;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    while (!taken('"')) {
      char c = next();
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw malformed();
        }
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> throw malformed();
    };
  }

  private @Nullable Object literal() {
    int start = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String literal = text.substring(start, at);
    return switch (literal) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      case "" -> throw malformed();
      default -> {
        Double.parseDouble(literal);
        yield literal;
      }
    };
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at++);
  }

  private boolean taken(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!taken(c)) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("no JSON");
  }
}
