package io.sluice.router.chat;

/**
 * Keeps what a tool returned from looking like a step: a label at the start of a line gets a
 * backslash behind its first character ({@code F\inal Answer:}), as the tags that data can't close
 * do. Lower case, as logs and configuration have it, is no label. All other characters stay as they
 * are.
 */
final class ReactLabels {

  private static final String[] LABELS = {
    "Thought:", "Action:", "Action Input:", "Observation:", "Final Answer:"
  };

  /** What Markdown may put before a label. */
  private static final String BEFORE = " \t*_#>-`";

  private ReactLabels() {}

  static String broken(String text) {
    StringBuilder broken = null;
    int kept = 0;
    int line = 0;
    while (line >= 0 && line < text.length()) {
      int start = line;
      while (start < text.length() && BEFORE.indexOf(text.charAt(start)) >= 0) {
        start++;
      }
      if (isLabel(text, start)) {
        broken = broken == null ? new StringBuilder(text.length() + 8) : broken;
        broken.append(text, kept, start + 1).append('\\');
        kept = start + 1;
      }
      int end = text.indexOf('\n', start);
      line = end < 0 ? -1 : end + 1;
    }
    return broken == null ? text : broken.append(text, kept, text.length()).toString();
  }

  private static boolean isLabel(String text, int at) {
    for (String label : LABELS) {
      if (text.startsWith(label, at)) {
        return true;
      }
    }
    return false;
  }
}
