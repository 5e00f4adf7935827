package io.sluice.docsindex;

/**
 * A line of a page, as a person reads it. Immutable.
 *
 * @param kind what it is
 * @param level of a heading: 1 to 6; else 0
 * @param text its text, without the marks of a heading
 */
record Line(Kind kind, int level, String text) {

  enum Kind {
    HEADING,
    TEXT,
    /** Of a fence, its marks among them: kept as it is. */
    CODE
  }

  static Line text(String text) {
    return new Line(Kind.TEXT, 0, text);
  }

  static Line code(String text) {
    return new Line(Kind.CODE, 0, text);
  }

  static Line heading(int level, String text) {
    return new Line(Kind.HEADING, level, text);
  }

  boolean blank() {
    return kind == Kind.TEXT && text.isBlank();
  }
}
