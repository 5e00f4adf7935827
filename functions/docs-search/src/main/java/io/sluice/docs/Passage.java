package io.sluice.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a page: one section, or a piece of a long one. Immutable.
 *
 * @param id hexadecimal digits in lower case; the same for the same place of the same page in every
 *     index
 * @param filename the page's file below the documentation's folder, with a slash at its start
 * @param title the page's title
 * @param url where a person reads the page
 * @param headings the headings above the passage, the page's title left out
 * @param text what it says, as Markdown
 */
public record Passage(
    String id, String filename, String title, String url, List<String> headings, String text) {

  /** The most characters of {@link #text}. */
  public static final int LONGEST = 2_000;

  public Passage {
    headings = List.copyOf(headings);
  }

  /** The text under its title and headings, so that it can be read by itself. */
  public String content() {
    List<String> path = new ArrayList<>();
    path.add(title);
    path.addAll(headings);
    return String.join(" > ", path) + "\n\n" + text;
  }
}
