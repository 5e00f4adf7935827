package io.sluice.prompts.output;

import java.util.Locale;
import java.util.Set;

/** The Markdown fence around a whole text. */
final class Fence {

  private static final String MARK = "```";
  private static final Set<String> PROSE = Set.of("", "markdown", "md", "text", "plaintext", "txt");

  private Fence() {}

  /** The text in the fence; the same text where no fence encloses all of it. */
  static String inside(String text) {
    String stripped = text.strip();
    int content = stripped.indexOf('\n') + 1;
    int end = stripped.length() - MARK.length();
    boolean encloses =
        stripped.startsWith(MARK)
            && content > 0
            && end >= content
            && stripped.endsWith("\n" + MARK)
            && !stripped.substring(content, end).contains("\n" + MARK)
            && !stripped.startsWith(MARK, content);
    return encloses ? stripped.substring(content, Math.max(content, end - 1)) : text;
  }

  /** The same, but only where the fence doesn't say that its content is code. */
  static String insideOfProse(String text) {
    String stripped = text.strip();
    int line = stripped.indexOf('\n');
    return stripped.startsWith(MARK)
            && line > 0
            && PROSE.contains(
                stripped.substring(MARK.length(), line).strip().toLowerCase(Locale.ROOT))
        ? inside(text)
        : text;
  }
}
