package io.sluice.router.text;

import java.util.List;

/**
 * Removes control characters, which no answer needs and some terminals obey; tabs and line breaks
 * stay.
 */
final class ControlCharacterFilter implements TextFilter {

  @Override
  public List<String> push(String piece) {
    String clean = clean(piece);
    return clean.isEmpty() ? List.of() : List.of(clean);
  }

  @Override
  public List<String> finish() {
    return List.of();
  }

  private static String clean(String text) {
    int first = 0;
    while (first < text.length() && !isControl(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      if (!isControl(text.charAt(i))) {
        clean.append(text.charAt(i));
      }
    }
    return clean.toString();
  }

  private static boolean isControl(char c) {
    return c < ' ' ? c != '\n' && c != '\t' && c != '\r' : c >= 0x7f && c < 0xa0;
  }
}
