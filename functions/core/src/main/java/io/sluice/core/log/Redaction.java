package io.sluice.core.log;

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
    return CREDENTIAL.matcher(text).replaceAll(MASK);
  }
}
