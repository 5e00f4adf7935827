package io.sluice.router.text;

import java.util.List;

/**
 * Undoes the escaped underscores that Mixtral writes (contract 3.9), also when a piece ends between
 * backslash and underscore. For one answer; not thread-safe.
 */
public final class UnderscoreFilter implements TextFilter {

  private boolean backslashHeld;

  @Override
  public List<String> push(String piece) {
    if (piece.isEmpty()) {
      return List.of();
    }
    String text = backslashHeld ? "\\" + piece : piece;
    backslashHeld = text.endsWith("\\");
    String certain = backslashHeld ? text.substring(0, text.length() - 1) : text;
    return certain.isEmpty() ? List.of() : List.of(certain.replace("\\_", "_"));
  }

  @Override
  public List<String> finish() {
    boolean held = backslashHeld;
    backslashHeld = false;
    return held ? List.of("\\") : List.of();
  }
}
