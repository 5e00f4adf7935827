package io.sluice.prompts.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a review's comments, also those that GitLab would overlook: indented ones, attributes in
 * another order, tags that are not closed.
 */
final class ReviewComments {

  private static final String OPEN = "<comment ";
  private static final String CLOSE = "</comment>";

  private final String text;
  private final List<ReviewComment> comments = new ArrayList<>();
  private boolean exact = true;
  private boolean cut;

  private ReviewComments(String text) {
    this.text = text;
  }

  /**
   * Reads what is between the review's tags.
   *
   * @param complete whether the review was closed: otherwise the last comment may be unfinished
   */
  static ReviewComments of(String text, boolean complete) {
    ReviewComments comments = new ReviewComments(text);
    comments.read(complete);
    return comments;
  }

  List<ReviewComment> comments() {
    return comments;
  }

  /** Whether GitLab reads the same comments from the text as it stands. */
  boolean exact() {
    return exact;
  }

  /** Whether the text ends inside of a comment. */
  boolean cut() {
    return cut;
  }

  private void read(boolean complete) {
    int open = text.indexOf(OPEN);
    while (open >= 0) {
      TagAttributes tag = TagAttributes.read(text, open + OPEN.length());
      if (tag == null) {
        exact = false;
        cut |= !complete && text.indexOf('\n', open) < 0;
        open = text.indexOf(OPEN, open + 1);
        continue;
      }
      int limit = nextAtLineStart(tag.end());
      int close = close(tag.end(), limit);
      boolean closed = close >= 0;
      String body = text.substring(tag.end(), closed ? close : limit);
      boolean unfinished = !closed && !complete && limit == text.length();
      add(tag, unfinished ? ReviewSuggestion.withoutUnfinished(body) : body, closed);
      cut |= unfinished;
      int end = closed ? close + CLOSE.length() : limit;
      exact &= closed && isLineStart(open) && isLineEnd(end) && tag(open, tag.end());
      open = text.indexOf(OPEN, end);
    }
  }

  private void add(TagAttributes tag, String body, boolean closed) {
    String file = attribute(tag, "file", "filename", "path");
    ReviewComment comment =
        new ReviewComment(
            file,
            new DiffLines.Numbers(
                number(attribute(tag, "old_line")), number(attribute(tag, "new_line", "line"))),
            closed ? body : body.stripTrailing() + "\n");
    if (!body.isBlank()) {
      comments.add(comment);
    } else {
      exact = false;
    }
  }

  /** Whether the tag is written as the last comment's is, letter by letter. */
  private boolean tag(int start, int end) {
    return !comments.isEmpty() && comments.getLast().tag().equals(text.substring(start, end));
  }

  private static String attribute(TagAttributes tag, String... names) {
    for (String name : names) {
      String value = tag.values().get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }

  /** The first number in the text, empty where there is none. */
  private static String number(String text) {
    int start = 0;
    while (start < text.length() && !isDigit(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  /** Where the comment's end tag is: one at a line's end before others; -1 where there is none. */
  private int close(int from, int limit) {
    int last = -1;
    int close = text.indexOf(CLOSE, from);
    while (close >= 0 && close < limit) {
      last = close;
      int end = close + CLOSE.length();
      while (end < limit && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
        end++;
      }
      if (isLineEnd(end) || text.startsWith(OPEN, end)) {
        return close;
      }
      close = text.indexOf(CLOSE, close + 1);
    }
    return last;
  }

  private int nextAtLineStart(int from) {
    int open = text.indexOf(OPEN + "file=", from);
    while (open >= 0 && !isLineStart(open)) {
      open = text.indexOf(OPEN + "file=", open + 1);
    }
    return open < 0 ? text.length() : open;
  }

  private boolean isLineStart(int index) {
    return index == 0 || text.charAt(index - 1) == '\n';
  }

  private boolean isLineEnd(int index) {
    return index == text.length() || text.charAt(index) == '\n';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
