package io.sluice.router.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines that a model repeats from above the cursor (contract 3.9, step 3). Of the generated lines,
 * each longest run that also stands above, blanks at the lines' ends apart, goes away if it is one
 * comment line or a large group of plain words; other runs stay: code repeats itself rightly.
 */
final class Reflections {

  private static final int LARGE_GROUP = 5;
  private static final double MAX_SPECIAL_SHARE = 0.25;
  private static final double MAX_DISTINCT_SHARE = 0.35;

  /** The most line comparisons of one answer: a file of equal lines must not take forever. */
  private static final int MAX_COMPARISONS = 2_000_000;

  private final List<String> above;
  private final Map<String, List<Integer>> places = new HashMap<>();
  private int comparisons;

  private Reflections(String prefix) {
    this.above = prefix.lines().map(String::strip).toList();
    for (int i = 0; i < above.size(); i++) {
      places.computeIfAbsent(above.get(i), line -> new ArrayList<>()).add(i);
    }
  }

  /**
   * The text without its reflections of the prefix.
   *
   * @param text generated code; it starts with a line break where the prefix doesn't end with one
   */
  static String remove(String prefix, String text) {
    int start = !prefix.endsWith("\n") && text.startsWith("\n") ? 1 : 0;
    return text.substring(0, start) + new Reflections(prefix).removeFrom(text.substring(start));
  }

  private String removeFrom(String text) {
    List<String> lines = linesWithBreaks(text);
    List<String> stripped = lines.stream().map(String::strip).toList();
    StringBuilder kept = new StringBuilder(text.length());
    int i = 0;
    while (i < lines.size()) {
      int run = comparisons > MAX_COMPARISONS ? 0 : longestRun(stripped, i);
      int end = i + Math.max(1, run);
      if (run == 0 || !goesAway(stripped.subList(i, end))) {
        lines.subList(i, end).forEach(kept::append);
      }
      i = end;
    }
    return kept.toString();
  }

  private int longestRun(List<String> lines, int from) {
    int longest = 0;
    for (int place : places.getOrDefault(lines.get(from), List.of())) {
      int length = 0;
      while (from + length < lines.size()
          && place + length < above.size()
          && lines.get(from + length).equals(above.get(place + length))) {
        length++;
        comparisons++;
      }
      comparisons++;
      longest = Math.max(longest, length);
      if (comparisons > MAX_COMPARISONS) {
        break;
      }
    }
    return longest;
  }

  private static boolean goesAway(List<String> run) {
    return run.size() == 1 ? isComment(run.getFirst()) : isLargeGroup(run);
  }

  private static boolean isComment(String line) {
    return line.startsWith("/*") || line.startsWith("//") || line.startsWith("#");
  }

  private static boolean isLargeGroup(List<String> run) {
    if (run.size() < LARGE_GROUP) {
      return false;
    }
    String text = String.join("\n", run);
    long special =
        text.chars()
            .filter(c -> !Character.isLetterOrDigit(c) && !Character.isWhitespace(c))
            .count();
    long distinct = text.chars().distinct().count();
    return special < MAX_SPECIAL_SHARE * text.length()
        && distinct < MAX_DISTINCT_SHARE * text.length();
  }

  private static List<String> linesWithBreaks(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(start, next));
      start = next;
    }
    return lines;
  }
}
