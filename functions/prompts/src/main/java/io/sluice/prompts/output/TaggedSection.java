package io.sluice.prompts.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of an answer, found by its tags.
 *
 * @param content what is between the tags
 * @param closed whether the end tag is there
 */
record TaggedSection(String content, boolean closed) {

  /**
   * The last element of that name that begins a line; failing that, the last one anywhere.
   *
   * @param others the elements of which the next one ends this where its end tag is missing
   * @return {@code null} if there is none
   */
  static @Nullable TaggedSection find(String text, String name, List<String> others) {
    String tag = "<" + name + ">";
    int line = text.lastIndexOf("\n" + tag);
    int open = line >= 0 ? line + 1 : text.lastIndexOf(tag);
    if (open < 0) {
      return null;
    }
    int start = open + tag.length();
    int close = text.indexOf("</" + name + ">", start);
    if (close >= 0) {
      return new TaggedSection(text.substring(start, close), true);
    }
    int end = text.length();
    for (String other : others) {
      int next = text.indexOf("\n<" + other + ">", start);
      end = next < 0 ? end : Math.min(end, next);
    }
    return new TaggedSection(text.substring(start, end), false);
  }

  /** Whether GitLab reads the element as it is written. */
  boolean exact() {
    return closed && content.startsWith("\n");
  }

  /** An element as GitLab reads it: a line break behind the opening tag. */
  static String written(String name, String content) {
    return "<%s>\n%s</%s>".formatted(name, content.isEmpty() ? "" : content + "\n", name);
  }

  /** The content without blank lines around it; what indents its first line stays. */
  String trimmed() {
    return trimmed(content);
  }

  static String trimmed(String content) {
    int start = 0;
    for (int i = 0; i < content.length() && Character.isWhitespace(content.charAt(i)); i++) {
      if (content.charAt(i) == '\n') {
        start = i + 1;
      }
    }
    return content.substring(start).stripTrailing();
  }
}
