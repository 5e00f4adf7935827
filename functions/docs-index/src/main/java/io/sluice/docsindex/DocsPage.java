package io.sluice.docsindex;

import java.util.List;

/**
 * A page of the documentation. Immutable.
 *
 * @param filename its file below the documentation's folder, with a slash at its start
 * @param title its title
 * @param redirect whether it only leads to another one
 * @param lines what it says, its title left out
 */
record DocsPage(String filename, String title, boolean redirect, List<Line> lines) {

  DocsPage {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a page.
   *
   * @param text the file's text
   * @param files the lines of a file that it includes
   */
  static DocsPage of(
      String filename, String text, java.util.function.Function<String, List<String>> files) {
    FrontMatter front = FrontMatter.of(text);
    List<Line> lines = PageText.read(front.body(), files);
    String title = front.title();
    for (Line line : lines) {
      if (title.isEmpty() && line.kind() == Line.Kind.HEADING && line.level() == 1) {
        title = line.text();
      }
    }
    return new DocsPage(
        filename,
        title.isEmpty() ? filename.substring(filename.lastIndexOf('/') + 1) : title,
        front.redirect(),
        lines);
  }
}
