package io.sluice.prompts;

/** What of a text is given when it is longer than its budget. */
public enum Cut {
  /** The start goes: the end of a log says what happened. */
  START {
    @Override
    public String apply(String text, int tokens) {
      String kept = TokenEstimate.keepEnd(text, Math.max(1, tokens - MARK_TOKENS));
      int line = kept.indexOf('\n');
      boolean whole = line >= 0 && line < kept.length() / 2;
      return "[the start was cut]\n" + (whole ? kept.substring(line + 1) : kept);
    }
  },
  /** The end goes. */
  END {
    @Override
    public String apply(String text, int tokens) {
      String kept = TokenEstimate.keepStart(text, Math.max(1, tokens - MARK_TOKENS));
      int line = kept.lastIndexOf('\n');
      boolean whole = line > kept.length() / 2;
      return (whole ? kept.substring(0, line) : kept) + "\n[the rest was cut]";
    }
  },
  /** Whole files of a diff go, the largest first, and are named. */
  DIFF {
    @Override
    public String apply(String text, int tokens) {
      return DiffCut.apply(text, tokens);
    }
  };

  /** What a mark of a cut may take. */
  static final int MARK_TOKENS = 12;

  /** The text in at most about that many tokens, with a mark where something is missing. */
  public abstract String apply(String text, int tokens);
}
