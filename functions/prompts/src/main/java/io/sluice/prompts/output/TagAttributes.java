package io.sluice.prompts.output;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an opening tag, as loosely as models write them.
 *
 * @param values by name, lower case; without quotes and blanks around them
 * @param end the index behind the tag's {@code >}
 */
record TagAttributes(Map<String, String> values, int end) {

  /**
   * Reads the attributes that begin at an index.
   *
   * @return {@code null} if the tag doesn't end before the line does
   */
  static @Nullable TagAttributes read(String text, int start) {
    Map<String, String> values = new LinkedHashMap<>();
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '>') {
        return new TagAttributes(values, i + 1);
      }
      if (c == '\n') {
        return null;
      }
      int name = i;
      while (i < text.length() && isName(text.charAt(i))) {
        i++;
      }
      if (i == name) {
        i++;
      } else if (i < text.length() && text.charAt(i) == '=') {
        String key = text.substring(name, i).toLowerCase(Locale.ROOT);
        int end = valueEnd(text, i + 1);
        values.putIfAbsent(key, unquoted(text.substring(i + 1, end)));
        i = end;
      }
    }
    return null;
  }

  private static int valueEnd(String text, int start) {
    if (start < text.length() && isQuote(text.charAt(start))) {
      int line = text.indexOf('\n', start);
      int quote = text.indexOf(text.charAt(start), start + 1);
      if (quote > 0 && (line < 0 || quote < line)) {
        return quote + 1;
      }
    }
    int end = start;
    while (end < text.length() && " \t\n>".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String unquoted(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && isQuote(value.charAt(start))) {
      start++;
    }
    while (end > start && isQuote(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end).strip();
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isName(char c) {
    return c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }
}
