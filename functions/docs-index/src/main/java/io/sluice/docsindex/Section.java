package io.sluice.docsindex;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines below a heading, up to the next one. Immutable.
 *
 * @param headings the headings above it, from the second level on
 * @param lines what it says, without blank lines at its ends; not empty
 */
record Section(List<String> headings, List<Line> lines) {

  /** Deeper headings cut no section: they are lines of it. */
  private static final int DEEPEST = 4;

  Section {
    headings = List.copyOf(headings);
    lines = List.copyOf(lines);
  }

  /** The sections of a page that say something. */
  static List<Section> of(List<Line> page) {
    List<Section> sections = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    List<Integer> levels = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (Line line : page) {
      if (line.kind() == Line.Kind.HEADING && line.level() <= DEEPEST) {
        add(sections, headings, lines);
        while (!levels.isEmpty() && levels.getLast() >= line.level()) {
          levels.removeLast();
          headings.removeLast();
        }
        if (line.level() > 1) {
          levels.add(line.level());
          headings.add(line.text());
        }
      } else {
        lines.add(line.kind() == Line.Kind.HEADING ? Line.text("**" + line.text() + "**") : line);
      }
    }
    add(sections, headings, lines);
    return List.copyOf(sections);
  }

  private static void add(List<Section> sections, List<String> headings, List<Line> lines) {
    while (!lines.isEmpty() && lines.getLast().blank()) {
      lines.removeLast();
    }
    while (!lines.isEmpty() && lines.getFirst().blank()) {
      lines.removeFirst();
    }
    if (!lines.isEmpty()) {
      sections.add(new Section(headings, lines));
      lines.clear();
    }
  }

  /**
   * What it says in pieces of at most that many characters, cut between paragraphs where possible,
   * else between lines. Code that is cut is fenced in each piece.
   */
  List<String> pieces(int longest) {
    Pieces pieces = new Pieces(longest);
    List<Line> block = new ArrayList<>();
    for (Line line : lines) {
      boolean code = line.kind() == Line.Kind.CODE;
      boolean afterCode = !block.isEmpty() && block.getLast().kind() == Line.Kind.CODE;
      if (line.blank() || (!block.isEmpty() && code != afterCode)) {
        pieces.add(block);
        block.clear();
      }
      if (!line.blank()) {
        block.add(line);
      }
    }
    pieces.add(block);
    return pieces.all();
  }
}
