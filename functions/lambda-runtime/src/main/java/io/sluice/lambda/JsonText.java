package io.sluice.lambda;

/** JSON strings, without a JSON library: the runtime depends on none. */
final class JsonText {

  private JsonText() {}

  /** The text as a JSON string of ASCII. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          quoted.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
