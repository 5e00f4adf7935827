package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;

/** {@code /explain}, {@code /tests} and the others: one prompt, its text is the answer. */
public final class SlashCommand {

  private static final String FAILED = "M4000";

  private final ChatPrompt prompt;

  public SlashCommand(GitLab gitLab) {
    this.prompt = new ChatPrompt(gitLab);
  }

  /**
   * The answer.
   *
   * @param unit the prompt's name behind {@code chat/}
   * @throws DuoException M4000 if there is none
   */
  public String run(String unit, JsonObject inputs) throws DuoException {
    String answer = prompt.text(unit, inputs, FAILED);
    if (answer.isBlank()) {
      throw new DuoException(FAILED, 200, "an empty answer");
    }
    return answer;
  }
}
