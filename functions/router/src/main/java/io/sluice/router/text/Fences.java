package io.sluice.router.text;

import java.util.regex.Pattern;

/** Markdown fences around code (contract 3.9, step 1). */
final class Fences {

  private static final Pattern LINE = Pattern.compile("(?m)^```\\S*\\r?\\n");

  private Fences() {}

  /** The text without its fence lines that a line break ends, and without backticks at its end. */
  static String strip(String text) {
    if (text.indexOf('`') < 0) {
      return text;
    }
    String code = LINE.matcher(text).replaceAll("");
    int end = code.length();
    while (end > 0 && code.charAt(end - 1) == '`') {
      end--;
    }
    return code.substring(0, end);
  }
}
