package io.sluice.prompts.output;

/**
 * The suggestion in a comment: {@code from} and {@code to} elements, tags on lines of their own.
 */
final class ReviewSuggestion {

  private static final String FROM = "<from>";
  private static final String FROM_END = "</from>";
  private static final String TO = "<to>";
  private static final String TO_END = "</to>";

  private ReviewSuggestion() {}

  /**
   * The body with each tag on a line of its own, and the last one if it is missing; a body without
   * exactly one suggestion stays as it is.
   */
  static String tidy(String body) {
    int from = body.indexOf(FROM);
    int fromEnd = from < 0 ? -1 : body.indexOf(FROM_END, from);
    int to = fromEnd < 0 ? -1 : body.indexOf(TO, fromEnd);
    if (to < 0 || body.indexOf(FROM, from + 1) >= 0) {
      return body;
    }
    int closing = body.indexOf(TO_END, to);
    int toEnd = closing < 0 ? body.length() : closing;
    StringBuilder tidied = new StringBuilder(body.length() + 8);
    tidied.append(body, 0, from);
    tag(tidied, FROM, body.substring(from + FROM.length(), fromEnd));
    tag(tidied, FROM_END, body.substring(fromEnd + FROM_END.length(), to));
    tag(tidied, TO, body.substring(to + TO.length(), toEnd));
    tag(tidied, TO_END, closing < 0 ? "" : body.substring(toEnd + TO_END.length()));
    return tidied.toString();
  }

  /** The body of a comment that breaks off: half a suggestion would be wrong code. */
  static String withoutUnfinished(String body) {
    int from = body.lastIndexOf(FROM);
    return from < 0 || body.indexOf(TO_END, from) >= 0 ? body : body.substring(0, from);
  }

  private static void tag(StringBuilder text, String tag, String behind) {
    if (text.isEmpty() || text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    text.append(tag);
    if (!behind.startsWith("\n")) {
      text.append('\n');
    }
    text.append(behind);
  }
}
