package io.sluice.prompts;

/**
 * An estimate of how many tokens a text has, for budgets: one pass, no vocabulary. It counts in
 * eighths of a token: a word (letters, digits, underscore) 5 and 1 a character, other ASCII 6, a
 * blank 1, a line break 6; beyond ASCII 8 (two UTF-8 bytes), 16 (three) or 24 (four) a code point.
 * English and common code come within about a fifth of what byte-pair encodings count. The estimate
 * of a part is never larger than that of the whole.
 */
public final class TokenEstimate {

  private static final int UNIT = 8;
  private static final int WORD = 5;

  private TokenEstimate() {}

  /** The estimated number of tokens. */
  public static int of(CharSequence text) {
    long eighths = 0;
    boolean word = false;
    for (int i = 0; i < text.length(); ) {
      int c = Character.codePointAt(text, i);
      boolean wordToo = isWord(c);
      eighths += cost(c) + (wordToo && !word ? WORD : 0);
      word = wordToo;
      i += Character.charCount(c);
    }
    return (int) Math.min(Integer.MAX_VALUE, (eighths + UNIT - 1) / UNIT);
  }

  /** The longest start of the text within that many tokens, cut between code points. */
  public static String keepStart(String text, int tokens) {
    long budget = (long) tokens * UNIT;
    boolean word = false;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      boolean wordToo = isWord(c);
      budget -= cost(c) + (wordToo && !word ? WORD : 0);
      if (budget < 0) {
        return text.substring(0, i);
      }
      word = wordToo;
      i += Character.charCount(c);
    }
    return text;
  }

  /** The longest end of the text within that many tokens, cut between code points. */
  public static String keepEnd(String text, int tokens) {
    long budget = (long) tokens * UNIT;
    boolean word = false;
    int i = text.length();
    while (i > 0) {
      int c = text.codePointBefore(i);
      boolean wordToo = isWord(c);
      budget -= cost(c) + (wordToo && !word ? WORD : 0);
      if (budget < 0) {
        return text.substring(i);
      }
      word = wordToo;
      i -= Character.charCount(c);
    }
    return text;
  }

  private static boolean isWord(int c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int cost(int c) {
    if (isWord(c) || c == ' ' || c == '\t' || c == '\r') {
      return 1;
    }
    if (c < 0x80) {
      return 6;
    }
    return c < 0x800 ? 8 : c < 0x10000 ? 16 : 24;
  }
}
