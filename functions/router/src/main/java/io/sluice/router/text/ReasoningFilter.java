package io.sluice.router.text;

import java.util.List;

/**
 * Takes the reasoning off an answer (contract 5.5): a {@code <think>} block at the start, blanks
 * apart, all of it when it is never closed, and an orphan {@code </think>} within the first 80
 * characters with what precedes it; the line breaks behind go too. Later marks stay. Since an
 * orphan may yet come, the first 80 characters are held back. For one answer; not thread-safe.
 */
public final class ReasoningFilter implements TextFilter {

  private static final String OPEN = "<think>";
  private static final String CLOSE = "</think>";
  private static final int WINDOW = 80;

  private enum State {
    UNDECIDED,
    REASONING,
    BEHIND,
    ANSWER
  }

  private State state = State.UNDECIDED;
  private final StringBuilder held = new StringBuilder();

  @Override
  public List<String> push(String piece) {
    if (state == State.ANSWER) {
      return piece.isEmpty() ? List.of() : List.of(piece);
    }
    held.append(piece);
    if (state == State.UNDECIDED) {
      decide();
    }
    if (state == State.REASONING) {
      skipReasoning();
    }
    if (state == State.BEHIND) {
      skipBreaks();
    }
    return state == State.ANSWER ? release() : List.of();
  }

  @Override
  public List<String> finish() {
    if (state == State.REASONING) {
      held.setLength(0);
    }
    state = State.ANSWER;
    return release();
  }

  private void decide() {
    int start = 0;
    while (start < Math.min(held.length(), WINDOW) && Character.isWhitespace(held.charAt(start))) {
      start++;
    }
    if (start < WINDOW && startsWith(start, OPEN)) {
      held.delete(0, start + OPEN.length());
      state = State.REASONING;
      return;
    }
    int orphan = held.indexOf(CLOSE);
    if (orphan >= 0 && orphan + CLOSE.length() <= WINDOW) {
      held.delete(0, orphan + CLOSE.length());
      state = State.BEHIND;
    } else if (start >= WINDOW || held.length() >= Math.max(WINDOW, start + OPEN.length())) {
      state = State.ANSWER;
    }
  }

  private boolean startsWith(int offset, String mark) {
    return held.length() >= offset + mark.length()
        && held.substring(offset, offset + mark.length()).equals(mark);
  }

  private void skipReasoning() {
    int end = held.indexOf(CLOSE);
    if (end >= 0) {
      held.delete(0, end + CLOSE.length());
      state = State.BEHIND;
    } else {
      int keep = Math.min(held.length(), CLOSE.length() - 1);
      held.delete(0, held.length() - keep);
    }
  }

  private void skipBreaks() {
    int end = 0;
    while (end < held.length() && (held.charAt(end) == '\n' || held.charAt(end) == '\r')) {
      end++;
    }
    held.delete(0, end);
    if (!held.isEmpty()) {
      state = State.ANSWER;
    }
  }

  private List<String> release() {
    String text = held.toString();
    held.setLength(0);
    return text.isEmpty() ? List.of() : List.of(text);
  }
}
