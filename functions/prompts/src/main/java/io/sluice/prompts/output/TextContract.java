package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;

/**
 * Text that GitLab inserts as it is: not empty, without a fence around the whole, and no longer
 * than GitLab wants it. It may be streamed, and is then given on as it is made.
 */
final class TextContract implements OutputContract {

  private final int most;

  /**
   * @param most the most characters
   */
  TextContract(int most) {
    this.most = most;
  }

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    if (answer.isBlank()) {
      return new Broken(answer, "it is empty");
    }
    String text = Fence.insideOfProse(answer);
    if (text.isBlank()) {
      return new Broken(answer, "it is empty");
    }
    String fitting = text.length() <= most ? text : shortened(text);
    if (!fitting.equals(text)) {
      return new Repaired(fitting, "cut to " + most + " characters");
    }
    return text.equals(answer) ? new Kept(answer) : new Repaired(text, "fence stripped");
  }

  @Override
  public boolean gathers() {
    return false;
  }

  /** As many whole paragraphs, lines or sentences as fit. */
  private String shortened(String text) {
    String start = text.substring(0, most);
    int end = Math.max(start.lastIndexOf('\n'), start.lastIndexOf(". ") + 1);
    return start.substring(0, end > most / 2 ? end : most).stripTrailing();
  }
}
