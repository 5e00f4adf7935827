package io.sluice.gitlab;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Rails reads from a vulnerability's resolution (client 3.6). A tag counts only with a line
 * break behind it; what is missing is empty.
 *
 * @param fixedCode pairs of old and new code
 */
public record ResolutionAnswer(
    String analysis, String fixedCode, boolean falsePositive, String summary) {

  private static final Pattern PAIR =
      Pattern.compile(
          "<old_code>\n?(.*?)</old_code>\\s*<new_code>\n?(.*?)</new_code>", Pattern.DOTALL);

  /** Reads an answer; one without fixed code is a false positive. */
  public static ResolutionAnswer read(String answer) {
    String fixed = tag(answer, "fixed_code");
    boolean said = tag(answer, "is_false_positive").strip().equalsIgnoreCase("true");
    return new ResolutionAnswer(
        tag(answer, "analysis"), fixed, said || fixed.isBlank(), tag(answer, "summary"));
  }

  /**
   * The source with every pair applied.
   *
   * @throws DuoException if there is no pair, or one's old code is not in the source
   */
  public String applied(String source) throws DuoException {
    String changed = source;
    Matcher pairs = PAIR.matcher(fixedCode);
    boolean any = false;
    while (pairs.find()) {
      String old = pairs.group(1).stripTrailing();
      if (!changed.contains(old)) {
        throw new DuoException("no change", 200, "the old code is not in the source");
      }
      changed = changed.replace(old, pairs.group(2).stripTrailing());
      any = true;
    }
    if (!any) {
      throw new DuoException("no change", 200, "no pair of old and new code");
    }
    return changed;
  }

  private static String tag(String answer, String name) {
    Matcher matcher =
        Pattern.compile("<" + name + ">\n(.*?)</" + name + ">", Pattern.DOTALL).matcher(answer);
    return matcher.find() ? matcher.group(1) : "";
  }
}
