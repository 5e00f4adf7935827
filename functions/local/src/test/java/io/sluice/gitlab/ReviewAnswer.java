package io.sluice.gitlab;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Rails reads from a code review (client 3.6).
 *
 * @param comments those with a file and a line; none is a review without findings
 */
public record ReviewAnswer(List<Comment> comments) {

  /**
   * A comment on a line.
   *
   * @param from what a suggestion replaces, {@code null} where nothing is suggested
   * @param to what it puts there
   */
  public record Comment(
      String file,
      String oldLine,
      String newLine,
      String text,
      @Nullable String from,
      @Nullable String to) {}

  private static final Pattern COMMENT =
      Pattern.compile(
          "^<comment (?<attributes>[^>]*)>(?<text>.*?)</comment>$",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SUGGESTION =
      Pattern.compile(
          "^<from>\n(?<from>.*?)^</from>\n<to>\n(?<to>.*?)^</to>$",
          Pattern.DOTALL | Pattern.MULTILINE);

  public ReviewAnswer {
    comments = List.copyOf(comments);
  }

  /**
   * Reads the last {@code <review>} of an answer.
   *
   * @throws DuoException if there is none
   */
  public static ReviewAnswer read(String answer) throws DuoException {
    int end = answer.lastIndexOf("</review>");
    int begin = end < 0 ? -1 : answer.lastIndexOf("<review>", end);
    if (begin < 0) {
      throw new DuoException("error during review", 200, "no <review>...</review>");
    }
    List<Comment> comments = new ArrayList<>();
    Matcher matcher = COMMENT.matcher(answer.substring(begin + "<review>".length(), end));
    while (matcher.find()) {
      Comment comment = comment(matcher.group("attributes"), matcher.group("text"));
      if (!comment.file().isEmpty()
          && !(comment.oldLine().isEmpty() && comment.newLine().isEmpty())) {
        comments.add(comment);
      }
    }
    return new ReviewAnswer(comments);
  }

  private static Comment comment(String attributes, String text) {
    Matcher suggestion = SUGGESTION.matcher(text);
    boolean suggests = suggestion.find();
    return new Comment(
        attribute(attributes, "file"),
        attribute(attributes, "old_line"),
        attribute(attributes, "new_line"),
        text.strip(),
        suggests ? suggestion.group("from") : null,
        suggests ? suggestion.group("to") : null);
  }

  private static String attribute(String attributes, String name) {
    Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(attributes);
    return matcher.find() ? matcher.group(1) : "";
  }
}
