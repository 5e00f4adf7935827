package io.sluice.prompts.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of code and what replaces it.
 *
 * @param older the code that is there
 * @param newer the code instead of it
 */
record CodeChange(String older, String newer) {

  static final String OLD = "old_code";
  static final String NEW = "new_code";

  /** The pairs in the text, in order; what isn't a whole pair is left out. */
  static List<CodeChange> all(String text) {
    List<CodeChange> changes = new ArrayList<>();
    int at = 0;
    while (true) {
      int[] older = element(text, OLD, at);
      int[] newer = older == null ? null : element(text, NEW, older[1]);
      if (older == null || newer == null) {
        return changes;
      }
      changes.add(
          new CodeChange(text.substring(older[0], older[1]), text.substring(newer[0], newer[1])));
      at = newer[1];
    }
  }

  private static int @Nullable [] element(String text, String name, int from) {
    String tag = "<" + name + ">";
    int open = text.indexOf(tag, from);
    int close = open < 0 ? -1 : text.indexOf("</" + name + ">", open);
    return close < 0 ? null : new int[] {open + tag.length(), close};
  }

  /** Whether GitLab reads both as they are. */
  boolean exact() {
    return older.startsWith("\n") && newer.startsWith("\n");
  }

  /** Without fences and blank lines around the code. */
  CodeChange trimmed() {
    return new CodeChange(
        TaggedSection.trimmed(Fence.inside(older)), TaggedSection.trimmed(Fence.inside(newer)));
  }

  String text() {
    return TaggedSection.written(OLD, older) + "\n" + TaggedSection.written(NEW, newer);
  }

  /**
   * The same change with the code as the source has it, if that differs in what indents all lines
   * or trails them; the new code is indented likewise.
   *
   * @return {@code null} if the code isn't in the source, or not only once
   */
  @Nullable CodeChange in(String source) {
    if (source.contains(older)) {
      return this;
    }
    List<String> wanted = older.lines().toList();
    List<String> lines = source.lines().toList();
    int found = -1;
    for (int i = 0; i + wanted.size() <= lines.size(); i++) {
      if (sameWords(wanted, lines.subList(i, i + wanted.size()))) {
        if (found >= 0) {
          return null;
        }
        found = i;
      }
    }
    if (found < 0 || wanted.isEmpty()) {
      return null;
    }
    List<String> there = lines.subList(found, found + wanted.size());
    String indent = indent(there.getFirst());
    String given = indent(wanted.getFirst());
    String moved = moved(newer, given, indent);
    boolean even =
        moved(older, given, indent)
            .lines()
            .map(String::stripTrailing)
            .toList()
            .equals(there.stream().map(String::stripTrailing).toList());
    return even ? new CodeChange(String.join("\n", there), moved) : null;
  }

  private static boolean sameWords(List<String> some, List<String> others) {
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).strip().equals(others.get(i).strip())) {
        return false;
      }
    }
    return true;
  }

  private static String moved(String code, String from, String to) {
    List<String> lines = new ArrayList<>();
    for (String line : code.lines().toList()) {
      lines.add(
          line.startsWith(from) && !line.isBlank() ? to + line.substring(from.length()) : line);
    }
    return String.join("\n", lines);
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }
}
