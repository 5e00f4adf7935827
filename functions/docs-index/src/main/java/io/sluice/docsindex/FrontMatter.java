package io.sluice.docsindex;

import java.util.Arrays;
import java.util.List;

/**
 * What stands between {@code ---} at a page's start. Immutable.
 *
 * @param title its {@code title}; empty when there is none
 * @param redirect whether the page only leads to another one
 * @param body the page's other lines
 */
record FrontMatter(String title, boolean redirect, List<String> body) {

  private static final String FENCE = "---";
  private static final String TITLE = "title:";
  private static final String REDIRECT = "redirect_to:";

  FrontMatter {
    body = List.copyOf(body);
  }

  static FrontMatter of(String page) {
    List<String> lines = Arrays.asList(page.split("\\R", -1));
    int end = lines.getFirst().strip().equals(FENCE) ? end(lines) : -1;
    if (end < 0) {
      return new FrontMatter("", false, lines);
    }
    String title = "";
    boolean redirect = false;
    for (String line : lines.subList(1, end)) {
      if (line.startsWith(TITLE)) {
        title = unquoted(line.substring(TITLE.length()).strip());
      }
      redirect |= line.startsWith(REDIRECT);
    }
    return new FrontMatter(title, redirect, lines.subList(end + 1, lines.size()));
  }

  private static int end(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(FENCE)) {
        return i;
      }
    }
    return -1;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
