package io.sluice.backend.openai;

import io.sluice.core.model.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server's error text fit for the log: one line, without what looks like a key, cut at 300
 * characters.
 */
final class Redaction {

  private static final int LONGEST = 300;

  /** Enough to fill the 300 characters, and little enough for the patterns. */
  private static final int CONSIDERED = 8_192;

  private static final String MASK = "[redacted]";

  private static final Pattern KEYS =
      Pattern.compile(
          "(?i:bearer|basic)\\s+[^\\s\"',;]+"
              + "|\\b(?:sk|pk|rk|gsk|xai|hf|key)[-_][A-Za-z0-9*_-]{6,}"
              + "|\\bglpat-[\\w-]+"
              + "|\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"
              + "|\\beyJ[\\w-]+\\.[\\w-]+(?:\\.[\\w-]*)?"
              + "|(?i:api[-_ ]?key|token|secret|password)[\"']?\\s*[:=]\\s*[\"']?[^\\s\"',;]+"
              + "|[A-Za-z0-9+/_=-]{32,}");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");

  private Redaction() {}

  /** The text without the key and whatever else looks like one. */
  static String of(String text, @Nullable Secret key) {
    String considered = text.length() > CONSIDERED ? text.substring(0, CONSIDERED) : text;
    String line = CONTROLS.matcher(considered).replaceAll(" ").strip();
    if (key != null && !key.reveal().isBlank()) {
      line = line.replace(key.reveal(), MASK);
    }
    line = KEYS.matcher(line).replaceAll(MASK);
    return line.length() > LONGEST ? cut(line) : line;
  }

  private static String cut(String line) {
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return line.substring(0, end);
  }
}
