package io.sluice.docsindex;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of Markdown that is no code, without what only a browser needs. */
final class Prose {

  private static final Pattern IMAGE = Pattern.compile("!\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern LINK =
      Pattern.compile("\\[((?:[^\\[\\]]|\\[[^\\]]*\\])*)\\]\\(\\s*<?([^)\\s>]*)>?[^)]*\\)");
  private static final Pattern REFERENCE = Pattern.compile("\\[([^\\]]+)\\]\\[[^\\]]*\\]");
  private static final Pattern DEFINITION = Pattern.compile("^\\s*\\[[^\\]]+\\]:\\s*\\S+.*$");
  private static final Pattern AUTOLINK = Pattern.compile("<(https?://[^>\\s]+)>");
  private static final Pattern ATTRIBUTES = Pattern.compile("\\{:[^}]*\\}|\\[\\[_TOC_\\]\\]");
  private static final Pattern HTML =
      Pattern.compile(
          "</?(?:a|b|br|code|dd|details|div|dl|dt|em|figure|hr|i|img|kbd|li|ol|p|pre|small|span|"
              + "strong|sub|summary|sup|table|tbody|td|th|thead|tr|ul|video)\\b[^>]*>",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RULE = Pattern.compile("^\\s*\\|?(\\s*:?-{2,}:?\\s*\\|)+[\\s:|-]*$");
  private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");

  private Prose() {}

  /** The line as it is read; what {@code `code`} encloses is kept as it is. */
  static String read(String line) {
    if (RULE.matcher(line).matches() || DEFINITION.matcher(line).matches()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    List<String> spans = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      int open = line.indexOf('`', at);
      int end = open < 0 ? -1 : close(line, open);
      if (end < 0) {
        text.append(line, at, line.length());
        break;
      }
      // Code may stand in a link's text: a mark that no page holds keeps its place.
      text.append(line, at, open).append('\0').append((char) spans.size()).append('\0');
      spans.add(line.substring(open, end));
      at = end;
    }
    return row(restored(words(text.toString()), spans)).stripTrailing();
  }

  private static int close(String line, int open) {
    int marks = 0;
    while (open + marks < line.length() && line.charAt(open + marks) == '`') {
      marks++;
    }
    String mark = "`".repeat(marks);
    int close = line.indexOf(mark, open + marks);
    return close < 0 ? -1 : close + marks;
  }

  private static String words(String marked) {
    String text = IMAGE.matcher(marked).replaceAll("");
    text = LINK.matcher(text).replaceAll(link -> Matcher.quoteReplacement(linked(link)));
    text = REFERENCE.matcher(text).replaceAll("$1");
    text = AUTOLINK.matcher(text).replaceAll("$1");
    text = ATTRIBUTES.matcher(text).replaceAll("");
    text = HTML.matcher(text).replaceAll("");
    text = BOLD.matcher(text).replaceAll("$1");
    return text.replace(" ()", "") // an icon was in them
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
  }

  /** A link within the documentation is its text; one that leads out keeps where it leads. */
  private static String linked(java.util.regex.MatchResult link) {
    String to = link.group(2);
    boolean out = to.startsWith("http") && !to.equals(link.group(1));
    return out ? link.group(1) + " (" + to + ")" : link.group(1);
  }

  private static String restored(String text, List<String> spans) {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\0' && i + 2 < text.length()) {
        whole.append(spans.get(text.charAt(i + 1)));
        i += 2;
      } else {
        whole.append(text.charAt(i));
      }
    }
    return whole.toString();
  }

  /** The cells of a table's row, without the blanks that align them. */
  private static String row(String text) {
    String line = text.strip();
    if (!line.startsWith("|") || line.length() < 2) {
      return text;
    }
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1).split("(?<!\\\\)\\|", -1)) {
      cells.add(cell.strip());
    }
    if (cells.getLast().isEmpty()) {
      cells.removeLast();
    }
    return "| " + String.join(" | ", cells) + " |";
  }
}
