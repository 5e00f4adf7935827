package io.sluice.prompts.output;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringTokenizer;

/** The lines that name an answer's sources: a header and a colon, then ids behind a mark. */
final class SourceLines {

  /** What a line can be. */
  enum Kind {
    PROSE,
    SOURCES,
    /** Too short to say. */
    UNCERTAIN
  }

  private static final String MARK = "CNT-IDX-";

  /** What models put around a header or an id. */
  private static final String DECORATION = " \t\r\n*_#>`-+•[](){}\"'.,;";

  private final String header;
  private final Set<String> ids;

  /**
   * @param header what the line above the sources says, without its colon
   * @param ids what may be named
   */
  SourceLines(String header, Set<String> ids) {
    this.header = header;
    this.ids = Set.copyOf(ids);
  }

  /**
   * What the line is.
   *
   * @param complete whether nothing of it is missing
   */
  Kind kind(String line, boolean complete) {
    String text = bare(line);
    if (begins(text, header)) {
      String rest = bare(text.substring(header.length()));
      if (rest.startsWith(":") || (complete && rest.isEmpty())) {
        return Kind.SOURCES;
      }
      return complete || !rest.isEmpty() ? Kind.PROSE : Kind.UNCERTAIN;
    }
    if (begins(text, MARK)) {
      return complete ? (onlyIds(line) ? Kind.SOURCES : Kind.PROSE) : Kind.UNCERTAIN;
    }
    boolean mayYet = begins(header, text) || begins(MARK, text);
    return mayYet && !complete ? Kind.UNCERTAIN : Kind.PROSE;
  }

  /**
   * The sources as GitLab reads them.
   *
   * @param said the lines from the first source line on
   * @return the same text where GitLab can read it and every id was given; nothing where none was
   */
  String written(String said) {
    if (!begins(bare(said), header) && !onlyIds(said)) {
      return said; // prose that began with an id
    }
    Set<String> cited = new LinkedHashSet<>();
    boolean exact = said.startsWith(header + ":");
    for (StringTokenizer words = words(said); words.hasMoreTokens(); ) {
      String word = bare(words.nextToken());
      boolean marked = begins(word, MARK);
      String id = marked ? word.substring(MARK.length()) : word;
      boolean known = ids.contains(id);
      if (known) {
        cited.add(id);
      }
      exact &= marked ? known && word.startsWith(MARK) : !known;
    }
    if (exact) {
      return said;
    }
    return cited.isEmpty() ? "" : header + ":\n" + MARK + String.join("\n" + MARK, cited);
  }

  private static boolean onlyIds(String text) {
    for (StringTokenizer words = words(text); words.hasMoreTokens(); ) {
      String word = bare(words.nextToken());
      if (!word.isEmpty() && !begins(word, MARK)) {
        return false;
      }
    }
    return true;
  }

  private static StringTokenizer words(String text) {
    return new StringTokenizer(text, " \t\r\n,;:");
  }

  private static boolean begins(String text, String start) {
    return text.regionMatches(true, 0, start, 0, start.length());
  }

  /** Without decoration around it. */
  private static String bare(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && DECORATION.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && DECORATION.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }
}
