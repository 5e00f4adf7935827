package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelCall;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.TokenEstimate;
import io.sluice.router.api.CurrentFile;
import io.sluice.router.call.Question;
import io.sluice.router.call.Rendering;
import io.sluice.router.error.RefusalException;
import java.util.Objects;
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

  /** What the prompt's own words may take. */
  private static final int TEMPLATE_TOKENS = 1024;

  private static final int DEFAULT_ANSWER_TOKENS = 2048;

  @Override
  public Question render(Candidate candidate) throws RefusalException {
    Prompt prompt = prompts.find(promptId, candidate, promptVersion);
    int answer = Objects.requireNonNullElse(prompt.sampling().maxTokens(), DEFAULT_ANSWER_TOKENS);
    int room =
        candidate.contextTokens()
            - Math.min(answer, candidate.contextTokens() / 2)
            - TEMPLATE_TOKENS
            - TokenEstimate.of(Json.text(enhancer));
    String prefix = TokenEstimate.keepEnd(file.above(), Math.max(room, 1));
    String fenced = FencedCode.of(file.languageIdentifier(), prefix);
    JsonObject inputs =
        JsonObject.builder()
            .put("prefix", prefix)
            .put("instruction", fenced)
            .put("user_instruction", null) // else the code would be given twice
            .put("language", file.languageIdentifier())
            .put("file_name", file.fileName())
            .putAll(enhancer)
            .build();
    return new Question(
        new ModelCall.Chat(prompts.render(prompt, inputs)),
        prompt.sampling(),
        prompt,
        TokenEstimate.of(prefix));
  }
}
