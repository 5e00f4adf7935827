package io.sluice.docsindex;

import java.util.ArrayList;
import java.util.List;

/** Gathers paragraphs in pieces of bounded length. For one section; not thread-safe. */
final class Pieces {

  private static final String FENCE = "```";

  private final int longest;
  private final List<String> pieces = new ArrayList<>();
  private final StringBuilder piece = new StringBuilder();

  Pieces(int longest) {
    this.longest = longest;
  }

  /** Adds a paragraph, or the lines of a fence with its marks. */
  void add(List<Line> block) {
    if (block.isEmpty()) {
      return;
    }
    String whole = String.join("\n", block.stream().map(Line::text).toList());
    if (piece.length() + 2 + whole.length() <= longest) {
      append(whole, "\n\n");
    } else if (whole.length() <= longest) {
      finish();
      append(whole, "");
    } else if (block.getFirst().kind() == Line.Kind.CODE) {
      finish();
      String mark = block.getFirst().text();
      int closed = block.getLast().text().strip().startsWith(FENCE) ? 1 : 0;
      for (String code : cut(block.subList(1, block.size() - closed), mark.length() + 5)) {
        append(mark + "\n" + code + "\n" + FENCE, "");
        finish();
      }
    } else {
      finish();
      for (String text : cut(block, 0)) {
        append(text, "");
        finish();
      }
    }
  }

  List<String> all() {
    finish();
    return List.copyOf(pieces);
  }

  private void append(String text, String separator) {
    if (!piece.isEmpty()) {
      piece.append(separator);
    }
    piece.append(text);
  }

  private void finish() {
    if (!piece.toString().isBlank()) {
      pieces.add(piece.toString());
    }
    piece.setLength(0);
  }

  /** Lines in groups that leave that room in a piece; a line that is too long is cut itself. */
  private List<String> cut(List<Line> lines, int room) {
    int most = longest - room;
    List<String> groups = new ArrayList<>();
    StringBuilder group = new StringBuilder();
    for (Line line : lines) {
      for (String part : parts(line.text(), most)) {
        if (!group.isEmpty() && group.length() + 1 + part.length() > most) {
          groups.add(group.toString());
          group.setLength(0);
        }
        group.append(group.isEmpty() ? "" : "\n").append(part);
      }
    }
    if (!group.isEmpty()) {
      groups.add(group.toString());
    }
    return groups;
  }

  private static List<String> parts(String line, int most) {
    List<String> parts = new ArrayList<>();
    String rest = line;
    while (rest.length() > most) {
      int blank = rest.lastIndexOf(' ', most);
      int end = blank > most / 2 ? blank : most;
      if (Character.isHighSurrogate(rest.charAt(end - 1))) {
        end--;
      }
      parts.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    parts.add(rest);
    return parts;
  }
}
