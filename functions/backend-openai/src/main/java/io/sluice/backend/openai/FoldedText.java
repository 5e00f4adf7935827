package io.sluice.backend.openai;

/**
 * Reads a text so that its spellings are alike: as it is, in the escapes of JSON (however often
 * escaped), with other blanks, or in other case. For one thread.
 */
final class FoldedText {

  private static final int HEX_DIGITS = 4;

  private final String text;
  private int start;
  private int position;

  FoldedText(String text) {
    this.text = text;
  }

  /** The next character; a run of blanks and controls is one space; -1 at the text's end. */
  int next() {
    start = position;
    if (position == text.length()) {
      return -1;
    }
    char c = unescaped();
    if (!blank(c)) {
      return Character.toLowerCase(c);
    }
    int end = position;
    while (position < text.length() && blank(unescaped())) {
      end = position;
    }
    position = end;
    return ' ';
  }

  /** Where the spelling of the last character begins in the text. */
  int start() {
    return start;
  }

  /** Where the spelling of the last character ends in the text, exclusive. */
  int end() {
    return position;
  }

  private char unescaped() {
    char c = text.charAt(position++);
    if (c != '\\') {
      return c;
    }
    while (position < text.length() && text.charAt(position) == '\\') {
      position++;
    }
    char escaped = position < text.length() ? text.charAt(position) : '\\';
    return switch (escaped) {
      case 'n', 'r', 't', 'b', 'f' -> {
        position++;
        yield ' ';
      }
      case '"', '\'', '/' -> {
        position++;
        yield escaped;
      }
      case 'u' -> codeUnit();
      default -> c;
    };
  }

  private char codeUnit() {
    int value = 0;
    int end = position + 1 + HEX_DIGITS;
    for (int i = position + 1; i < end; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return '\\';
      }
      value = value * 16 + digit;
    }
    position = end;
    return (char) value;
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
