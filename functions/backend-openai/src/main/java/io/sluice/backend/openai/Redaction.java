package io.sluice.backend.openai;

import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server's error text fit for the log: one line, without what looks like a key and without
 * what it quotes of the prompt, cut at 300 characters.
 */
final class Redaction {

  private static final int LONGEST = 300;

  /** Enough to fill the 300 characters, and little enough for the patterns. */
  private static final int CONSIDERED = 8_192;

  /** What of it is compared with the prompt: masks make it shorter. */
  private static final int COMPARED = 2_000;

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

  /**
   * The text without the key, whatever else looks like one, and what was sent.
   *
   * @param sent what the server was asked
   */
  static String of(String text, @Nullable Secret key, ModelCall.Input sent) {
    return cut(PromptEcho.masked(cut(withoutKeys(text, key), COMPARED), sent), LONGEST);
  }

  /** Our own text, of which only a key may have to be taken out. */
  static String ofOwn(String text, @Nullable Secret key) {
    return cut(withoutKeys(text, key), LONGEST);
  }

  private static String withoutKeys(String text, @Nullable Secret key) {
    String line = CONTROLS.matcher(cut(text, CONSIDERED)).replaceAll(" ").strip();
    if (key != null && !key.reveal().isBlank()) {
      line = line.replace(key.reveal(), MASK);
    }
    return KEYS.matcher(line).replaceAll(MASK);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
  }
}
