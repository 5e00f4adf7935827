package io.sluice.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mark of a template: {@code {{name}}}, {@code {{#name}}} and so on, as its text has it. Read
 * without the template engine, which must never see what is not of this form.
 *
 * @param kind what it does
 * @param name the name in it
 * @param line the line that it stands in, of the whole row
 * @param start where it begins in the message
 * @param end where it ends
 */
record TemplateMark(Kind kind, String name, int line, int start, int end) {

  /** What a mark does. */
  enum Kind {
    VALUE,
    SECTION,
    INVERTED,
    END,
    INCLUDE,
    COMMENT
  }

  private static final Pattern FORM =
      Pattern.compile("([#^/>!]?)\\s*(-?[a-z][a-z0-9_]*(?: [a-z_]+)?|\\.)\\s*");
  private static final int LONGEST = 80;

  /**
   * The marks of a message in their order.
   *
   * @param first the line that the message begins in
   * @throws IllegalArgumentException if something is no such mark; the message names the line
   */
  static List<TemplateMark> of(String template, int first) {
    List<TemplateMark> marks = new ArrayList<>();
    int line = first;
    int from = 0;
    for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", from)) {
      line += breaks(template, from, open);
      int close = template.indexOf("}}", open);
      String inside = close < 0 ? "" : template.substring(open + 2, close);
      if (inside.startsWith("=")) {
        throw new IllegalArgumentException(
            "line " + line + ": the delimiters {{ and }} can't be changed");
      }
      if (inside.startsWith("{") || inside.startsWith("&")) {
        throw new IllegalArgumentException(
            "line " + line + ": write {{name}}: nothing is escaped, so there is no other form");
      }
      boolean comment = inside.startsWith("!") && inside.indexOf('\n') < 0;
      Matcher form = FORM.matcher(inside);
      if (!comment && (inside.length() > LONGEST || !form.matches())) {
        throw new IllegalArgumentException(
            "line "
                + line
                + ": {{ must begin {{name}}, {{#name}}, {{^name}}, {{/name}} or {{>example}}");
      }
      marks.add(
          comment
              ? new TemplateMark(Kind.COMMENT, "", line, open, close + 2)
              : new TemplateMark(kind(form.group(1)), form.group(2), line, open, close + 2));
      from = close + 2;
    }
    return marks;
  }

  private static Kind kind(String sign) {
    return switch (sign) {
      case "#" -> Kind.SECTION;
      case "^" -> Kind.INVERTED;
      case "/" -> Kind.END;
      case ">" -> Kind.INCLUDE;
      case "!" -> Kind.COMMENT;
      default -> Kind.VALUE;
    };
  }

  private static int breaks(String text, int start, int end) {
    int breaks = 0;
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '\n') {
        breaks++;
      }
    }
    return breaks;
  }
}
