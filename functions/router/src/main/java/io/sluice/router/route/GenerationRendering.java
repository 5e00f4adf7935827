package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelCall;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.Rendered;
import io.sluice.router.api.CurrentFile;
import io.sluice.router.call.Question;
import io.sluice.router.call.Rendering;
import io.sluice.router.error.RefusalException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for code by a prompt (contract 3.6, 4.6). Immutable.
 *
 * @param prompts the prompts
 * @param promptId which of them
 * @param promptVersion the constraint of its version, {@code null} for the default one
 * @param file the file at the cursor
 * @param enhancer inputs that extend ours and win over them
 */
record GenerationRendering(
    PromptRegister prompts,
    String promptId,
    @Nullable String promptVersion,
    CurrentFile file,
    JsonObject enhancer)
    implements Rendering {

  static final String PROMPT = "code_suggestions/generations";

  /** The code above the cursor as GitLab has cut it; where it is given, the prefix says no more. */
  private static final String TRIMMED_ABOVE = "trimmed_content_above_cursor";

  @Override
  public Question render(Candidate candidate) throws RefusalException {
    Prompt prompt = prompts.find(promptId, candidate, promptVersion);
    JsonObject inputs =
        JsonObject.builder()
            .put("prefix", holdsText(enhancer, TRIMMED_ABOVE) ? "" : file.above())
            .put("user_instruction", null) // else the code would be given twice
            .put("language", file.languageIdentifier())
            .put("file_name", file.fileName())
            .putAll(enhancer)
            .build();
    Rendered rendered = prompts.render(prompt, inputs, candidate);
    return new Question(
        new ModelCall.Chat(rendered.messages()),
        prompt.sampling(),
        prompt,
        inputs,
        rendered.inputTokens());
  }

  private static boolean holdsText(JsonObject object, String name) {
    String text = object.text(name);
    return text != null && !text.isEmpty();
  }
}
