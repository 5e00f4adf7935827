package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps data from looking like structure: what resembles one of the prompt's own tags, or is a
 * control token of the model's family, gets a backslash behind its first character ({@code
 * <\diff>}, {@code [\INST]}), so that everybody sees it and no model obeys it. All other characters
 * stay as they are. Immutable, thread-safe.
 */
public final class DataGuard {

  private static final char MARK = '\\';

  private final Set<String> tags;
  private final List<String> tokens;

  /**
   * @param tags the names of the prompt's tags, lower case, without what is random in them
   */
  public DataGuard(Set<String> tags, ModelFamily family) {
    this.tags = Set.copyOf(tags);
    this.tokens = ControlTokens.of(family);
  }

  /** The same text, its look-alikes broken. */
  public String guarded(String text) {
    StringBuilder guarded = null;
    int kept = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '<' || c == '[') && (isToken(text, i) || (c == '<' && isTag(text, i)))) {
        guarded = guarded == null ? new StringBuilder(text.length() + 8) : guarded;
        guarded.append(text, kept, i + 1).append(MARK);
        kept = i + 1;
      }
    }
    return guarded == null ? text : guarded.append(text, kept, text.length()).toString();
  }

  private boolean isToken(String text, int at) {
    for (String token : tokens) {
      if (text.startsWith(token, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTag(String text, int at) {
    int start = at + 1;
    while (start < text.length() && isFiller(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && isName(text.charAt(end))) {
      end++;
    }
    String name = text.substring(start, end).toLowerCase(Locale.ROOT);
    return tags.contains(name) || tags.contains(withoutSuffix(name));
  }

  private static String withoutSuffix(String name) {
    int suffix = name.lastIndexOf('_');
    return suffix < 0 ? name : name.substring(0, suffix);
  }

  private static boolean isFiller(char c) {
    return c == '/' || c == ' ' || c == '\t';
  }

  private static boolean isName(char c) {
    return c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }
}
