package io.sluice.router.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes Markdown fences off generated code, line by line (contract 3.9): each piece that it gives
 * is one whole line with its line break, or the rest at the end. For one answer; not thread-safe.
 */
public final class FenceFilter implements TextFilter {

  private final StringBuilder line = new StringBuilder();

  @Override
  public List<String> push(String piece) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      line.append(piece, start, end + 1);
      give(lines);
      start = end + 1;
    }
    line.append(piece, start, piece.length());
    return lines;
  }

  @Override
  public List<String> finish() {
    List<String> rest = new ArrayList<>(1);
    give(rest);
    return rest;
  }

  private void give(List<String> lines) {
    String text = Fences.strip(line.toString());
    line.setLength(0);
    if (!text.isEmpty()) {
      lines.add(text);
    }
  }
}
