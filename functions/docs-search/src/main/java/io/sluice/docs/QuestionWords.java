package io.sluice.docs;

import java.util.List;
import java.util.Set;

/** What questions are asked with, and no page is found by. As stems, since words come so. */
final class QuestionWords {

  private static final List<String> STEMS =
      List.of(
          "about", "am", "ani", "can", "could", "did", "do", "doe", "explain", "find", "get",
          "give", "help", "how", "i", "know", "like", "me", "mai", "my", "need", "our", "pleas",
          "possibl", "should", "show", "some", "tell", "us", "want", "wai", "we", "what", "when",
          "where", "which", "who", "why", "would", "you", "your");

  private QuestionWords() {}

  static Set<String> stems() {
    return Set.copyOf(STEMS);
  }
}
