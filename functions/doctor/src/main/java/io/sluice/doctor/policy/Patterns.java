package io.sluice.doctor.policy;

import java.util.Locale;

/** Matches the patterns of policies. Pure functions. */
final class Patterns {

  private static final int ARN_PARTS = 6;

  private Patterns() {}

  /** Whether a variable is in it, which only a real request fills. */
  static boolean hasVariable(String pattern) {
    return pattern.contains("${");
  }

  /**
   * Whether the text has the pattern's form: {@code *} stands for any characters, {@code ?} for
   * one.
   */
  static boolean like(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int from = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        from = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++from;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Whether an action has that form; case doesn't matter. */
  static boolean action(String pattern, String action) {
    return like(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
  }

  /** Whether an ARN has that form; no wildcard spans the colons between its six parts. */
  static boolean arn(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    String[] wanted = pattern.split(":", ARN_PARTS);
    String[] found = arn.split(":", ARN_PARTS);
    if (found.length != ARN_PARTS) {
      return like(pattern, arn);
    }
    for (int i = 0; i < ARN_PARTS; i++) {
      if (!like(i < wanted.length ? wanted[i] : "*", found[i])) {
        return false;
      }
    }
    return true;
  }
}
