package io.sluice.docsindex;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Markdown as lines of headings, text and code. For one page; not thread-safe.
 *
 * @see #read
 */
final class PageText {

  private static final Pattern FENCE = Pattern.compile("^\\s*(`{3,}|~{3,})(.*)$");
  private static final Pattern HEADING = Pattern.compile("^(#{1,6})\\s+(.*?)\\s*#*$");
  private static final int DEEPEST_INCLUDE = 3;

  private final Function<String, List<String>> files;
  private final List<Line> lines = new ArrayList<>();
  private String fence = "";
  private boolean comment;

  private PageText(Function<String, List<String>> files) {
    this.files = files;
  }

  /**
   * The lines of a page.
   *
   * @param body the page without front matter
   * @param files the lines of a file that a page includes; none when there is no such file
   */
  static List<Line> read(List<String> body, Function<String, List<String>> files) {
    PageText page = new PageText(files);
    page.add(body, 0);
    return List.copyOf(page.lines);
  }

  private void add(List<String> body, int depth) {
    for (String line : body) {
      if (!fence.isEmpty()) {
        code(line);
      } else {
        add(uncommented(line), depth);
      }
    }
  }

  private void code(String line) {
    lines.add(Line.code(line));
    String mark = line.strip();
    if (mark.startsWith(fence) && mark.replace(fence.substring(0, 1), "").isEmpty()) {
      fence = "";
    }
  }

  private void add(Uncommented rest, int depth) {
    String line = rest.text;
    if (rest.cut && line.isBlank()) {
      return;
    }
    Matcher fenced = FENCE.matcher(line);
    if (fenced.matches() && !fenced.group(2).contains("`")) {
      fence = fenced.group(1);
      lines.add(Line.code(line.strip()));
      return;
    }
    String included = Shortcodes.included(line);
    if (!included.isEmpty()) {
      if (depth < DEEPEST_INCLUDE) {
        add(files.apply(included), depth + 1);
      }
      return;
    }
    Matcher heading = HEADING.matcher(line);
    if (heading.matches()) {
      lines.add(
          Line.heading(
              heading.group(1).length(),
              Prose.read(Shortcodes.read(heading.group(2))).replace("`", "").strip()));
      return;
    }
    String text = Prose.read(Shortcodes.read(line));
    if (!text.isBlank() || line.isBlank()) {
      lines.add(Line.text(text));
    }
  }

  /** A line without HTML comments, which may go on over several. */
  private Uncommented uncommented(String line) {
    if (!comment && !line.contains("<!--")) {
      return new Uncommented(line, false);
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      int mark = line.indexOf(comment ? "-->" : "<!--", at);
      if (!comment) {
        text.append(line, at, mark < 0 ? line.length() : mark);
      }
      if (mark < 0) {
        break;
      }
      at = mark + (comment ? 3 : 4);
      comment = !comment;
    }
    return new Uncommented(text.toString(), true);
  }

  private record Uncommented(String text, boolean cut) {}
}
