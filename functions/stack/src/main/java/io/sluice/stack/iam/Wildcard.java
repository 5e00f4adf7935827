package io.sluice.stack.iam;

import java.util.regex.Pattern;

/** Patterns of policies: {@code *} is any text, {@code ?} any character. */
public final class Wildcard {

  private Wildcard() {}

  public static boolean matches(String pattern, String text) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> expression.append(".*");
        case '?' -> expression.append('.');
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
