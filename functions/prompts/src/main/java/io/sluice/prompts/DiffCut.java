package io.sluice.prompts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes whole files out of a diff until it fits: the smallest stay, those left out are named. */
final class DiffCut {

  private static final String GIT = "diff --git ";
  private static final String TAG = "<file_diff ";
  private static final int MOST_NAMES = 20;

  /** A file's part of the diff. */
  private record FilePart(String name, String text, int tokens) {}

  private DiffCut() {}

  static String apply(String diff, int tokens) {
    List<FilePart> files = files(diff);
    if (files.size() < 2) {
      return Cut.END.apply(diff, tokens);
    }
    Set<FilePart> kept = smallest(files, tokens - names(files));
    if (kept.isEmpty()) {
      return Cut.END.apply(diff, tokens);
    }
    StringBuilder text = new StringBuilder();
    List<String> left = new ArrayList<>();
    for (FilePart file : files) {
      if (kept.contains(file)) {
        text.append(file.text());
      } else {
        left.add(file.name());
      }
    }
    return text.append(mark(left)).toString();
  }

  private static Set<FilePart> smallest(List<FilePart> files, int room) {
    Set<FilePart> kept = new HashSet<>();
    int left = room;
    List<FilePart> bySize = new ArrayList<>(files);
    bySize.sort(Comparator.comparingInt(FilePart::tokens));
    for (FilePart file : bySize) {
      left -= file.tokens();
      if (left < 0) {
        break;
      }
      kept.add(file);
    }
    return kept;
  }

  private static int names(List<FilePart> files) {
    return TokenEstimate.of(mark(files.stream().map(FilePart::name).toList()));
  }

  private static String mark(List<String> names) {
    List<String> first = names.subList(0, Math.min(MOST_NAMES, names.size()));
    String more =
        names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "";
    return "[left out, too long: %s%s]".formatted(String.join(", ", first), more);
  }

  private static List<FilePart> files(String diff) {
    List<FilePart> files = new ArrayList<>();
    int start = 0;
    int line = 0;
    while (line < diff.length()) {
      int next = diff.indexOf('\n', line);
      int end = next < 0 ? diff.length() : next + 1;
      if (line > start && (diff.startsWith(GIT, line) || diff.startsWith(TAG, line))) {
        files.add(part(diff.substring(start, line)));
        start = line;
      }
      line = end;
    }
    if (start < diff.length()) {
      files.add(part(diff.substring(start)));
    }
    return files;
  }

  private static FilePart part(String text) {
    return new FilePart(name(text.substring(0, firstLineEnd(text))), text, TokenEstimate.of(text));
  }

  private static int firstLineEnd(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text.length() : end;
  }

  private static String name(String line) {
    if (line.startsWith(GIT)) {
      int second = line.lastIndexOf(" b/");
      return second < 0 ? line.substring(GIT.length()) : line.substring(second + 3);
    }
    int quote = line.indexOf('"');
    int end = line.indexOf('"', quote + 1);
    return quote < 0 || end < 0 ? "a file without a name" : line.substring(quote + 1, end);
  }
}
