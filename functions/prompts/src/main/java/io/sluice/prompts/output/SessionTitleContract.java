package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;
import java.util.Locale;

/** A title of at most 40 characters on one line. */
final class SessionTitleContract implements OutputContract {

  private static final int MOST = 40;
  private static final String LABEL = "title:";
  private static final String MARKS = "\"'`*#\u201c\u201d\u201e ";

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    String title = shortened(plain(firstLine(answer)));
    if (title.isEmpty()) {
      return new Broken(answer, "it is empty");
    }
    return title.equals(answer.strip())
        ? new Kept(answer)
        : new Repaired(title, "one short line taken");
  }

  private static String firstLine(String answer) {
    return answer.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
  }

  private static String plain(String line) {
    String text = unquoted(line);
    if (text.toLowerCase(Locale.ROOT).startsWith(LABEL)) {
      text = unquoted(text.substring(LABEL.length()));
    }
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String unquoted(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && MARKS.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && MARKS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  private static String shortened(String title) {
    if (title.length() <= MOST) {
      return title;
    }
    int blank = title.lastIndexOf(' ', MOST);
    int last = Character.isHighSurrogate(title.charAt(MOST - 1)) ? MOST - 1 : MOST;
    int end = blank > 0 ? blank : last;
    return title.substring(0, end).stripTrailing();
  }
}
