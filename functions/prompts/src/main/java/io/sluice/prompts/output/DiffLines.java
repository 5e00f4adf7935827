package io.sluice.prompts.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files and lines of a diff as GitLab writes it for code review (contract 4.5): {@code
 * file_diff} elements with {@code line} elements in them. Immutable.
 */
final class DiffLines {

  /** A line by its numbers; one that it doesn't have is empty. */
  record Numbers(String oldLine, String newLine) {

    boolean same(Numbers other) {
      return oldLine.equals(other.oldLine) && newLine.equals(other.newLine);
    }
  }

  private static final String FILE = "<file_diff ";
  private static final String LINE = "<line ";

  /** What may stand before a path that the diff has without it. */
  private static final List<String> PREFIXES = List.of("./", "/", "a/", "b/");

  private final Map<String, List<Numbers>> files = new HashMap<>();

  DiffLines(String diff) {
    int file = diff.indexOf(FILE);
    while (file >= 0) {
      int next = diff.indexOf(FILE, file + 1);
      TagAttributes tag = TagAttributes.read(diff, file + FILE.length());
      String name = tag == null ? null : tag.values().get("filename");
      if (tag != null && name != null) {
        files
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .addAll(lines(diff.substring(tag.end(), next < 0 ? diff.length() : next)));
      }
      file = next;
    }
  }

  private static List<Numbers> lines(String file) {
    List<Numbers> lines = new ArrayList<>();
    int line = file.indexOf(LINE);
    while (line >= 0) {
      TagAttributes tag = TagAttributes.read(file, line + LINE.length());
      if (tag != null) {
        Numbers numbers =
            new Numbers(
                tag.values().getOrDefault("old_line", ""),
                tag.values().getOrDefault("new_line", ""));
        if (!numbers.oldLine().isEmpty() || !numbers.newLine().isEmpty()) {
          lines.add(numbers);
        }
      }
      line = file.indexOf(LINE, line + 1);
    }
    return lines;
  }

  /** The diff's name of that file; {@code null} if it isn't in the diff. */
  @Nullable String file(String name) {
    if (files.isEmpty() || files.containsKey(name)) {
      return name;
    }
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix) && files.containsKey(name.substring(prefix.length()))) {
        return name.substring(prefix.length());
      }
    }
    return null;
  }

  /**
   * The numbers of the line that is meant, as the diff has them: GitLab finds a line by both.
   *
   * @return those given where the file's lines are not known; {@code null} where no line has one of
   *     them
   */
  @Nullable Numbers line(String file, Numbers given) {
    List<Numbers> lines = files.getOrDefault(file, List.of());
    Numbers byNew = null;
    Numbers byOld = null;
    for (Numbers line : lines) {
      if (line.same(given)) {
        return given;
      }
      if (!given.newLine().isEmpty() && line.newLine().equals(given.newLine())) {
        byNew = line;
      }
      if (!given.oldLine().isEmpty() && line.oldLine().equals(given.oldLine())) {
        byOld = line;
      }
    }
    return lines.isEmpty() ? given : byNew != null ? byNew : byOld;
  }
}
