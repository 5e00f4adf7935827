package io.sluice.docsindex;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shortcodes of GitLab's documentation site, such as {@code {{< alert type="note" >}}}, as
 * words. What they enclose stays; of those unknown only the mark is lost.
 */
final class Shortcodes {

  private static final Pattern CODE =
      Pattern.compile("\\{\\{[<%]\\s*(/?)([\\w-]+)\\s*([^}]*?)/?\\s*[>%]\\}\\}");
  private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)\\s*=\\s*\"([^\"]*)\"");
  private static final Pattern CALLOUT = Pattern.compile("^(\\s*)>\\s*\\[!(\\w+)\\]\\s*");

  /** What a mark is read as where that is no attribute. */
  private static final Map<String, String> WORDS =
      Map.of(
          "yes", "Yes", "no", "No", "history", "History:", "details", "", "tabs", "", "cards", "");

  private Shortcodes() {}

  /** The line with words for marks. */
  static String read(String line) {
    Matcher callout = CALLOUT.matcher(line);
    String text =
        callout.find()
            ? callout.group(1) + label(callout.group(2)) + line.substring(callout.end())
            : line;
    return text.contains("{{")
        ? CODE.matcher(text)
            .replaceAll(
                code ->
                    Matcher.quoteReplacement(
                        code.group(1).isEmpty() ? word(code.group(2), code.group(3)) : ""))
        : text;
  }

  /** The file that a line includes; empty for any other line. */
  static String included(String line) {
    Matcher code = CODE.matcher(line.strip());
    boolean includes =
        code.matches() && (code.group(2).equals("include") || code.group(2).equals("readfile"));
    if (!includes) {
      return "";
    }
    String file = attribute(code.group(3), "file");
    return file.isEmpty() ? code.group(3).strip().replace("\"", "") : file;
  }

  private static String word(String name, String attributes) {
    return switch (name) {
      case "alert" -> label(attribute(attributes, "type"));
      case "tab", "card", "collapsible" -> titled(attribute(attributes, "title"));
      case "icon" -> "";
      default -> WORDS.getOrDefault(name, "");
    };
  }

  private static String label(String type) {
    return type.isEmpty()
        ? ""
        : type.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + type.substring(1).toLowerCase(java.util.Locale.ROOT)
            + ": ";
  }

  private static String titled(String title) {
    return title.isEmpty() ? "" : title + ":";
  }

  private static String attribute(String attributes, String name) {
    Matcher attribute = ATTRIBUTE.matcher(attributes);
    while (attribute.find()) {
      if (attribute.group(1).equals(name)) {
        return attribute.group(2);
      }
    }
    return "";
  }
}
