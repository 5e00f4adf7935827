package io.sluice.outbound;

/** What may stand in a header line (RFC 9110, section 5). */
final class HeaderSyntax {

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private HeaderSyntax() {}

  /** Whether it is a token: letters, digits and some marks. */
  static boolean name(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether it holds visible characters, blanks, tabs and bytes above ASCII only. */
  static boolean value(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        return false;
      }
    }
    return true;
  }
}
