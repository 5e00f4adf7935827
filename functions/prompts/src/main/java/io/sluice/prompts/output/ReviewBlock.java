package io.sluice.prompts.output;

import org.jspecify.annotations.Nullable;

/**
 * What stands between the review's tags.
 *
 * @param text the content
 * @param complete whether both tags are there: GitLab overlooks the block otherwise
 */
record ReviewBlock(String text, boolean complete) {

  private static final String OPEN = "<review>";
  private static final String CLOSE = "</review>";

  /**
   * The block that GitLab takes, which is the last complete one; a later one that only lacks its
   * end, or comments without any block, where they are what was meant.
   *
   * @return {@code null} if there is no review in the answer
   */
  static @Nullable ReviewBlock lastOf(String answer) {
    ReviewBlock last = null;
    int open = answer.indexOf(OPEN);
    while (open >= 0) {
      int close = answer.indexOf(CLOSE, open);
      if (close < 0) {
        break;
      }
      last = new ReviewBlock(answer.substring(open + OPEN.length(), close), true);
      open = answer.indexOf(OPEN, close + CLOSE.length());
    }
    if (last != null && open < 0) {
      return last;
    }
    String rest = answer.substring(open < 0 ? 0 : open + OPEN.length());
    boolean begun = last == null && open >= 0 && rest.isBlank();
    return begun || !ReviewComments.of(rest, false).comments().isEmpty()
        ? new ReviewBlock(rest.replace(CLOSE, ""), false)
        : last;
  }

  /** A block of these comments. */
  static String of(Iterable<ReviewComment> comments) {
    StringBuilder text = new StringBuilder(OPEN);
    for (ReviewComment comment : comments) {
      text.append('\n').append(comment.text());
    }
    boolean empty = text.length() == OPEN.length();
    return text.append(empty ? "" : "\n").append(CLOSE).toString();
  }
}
