package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.config.CompletionMode;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.DataGuard;
import io.sluice.prompts.FimFormat;
import io.sluice.prompts.Prompt;
import io.sluice.router.api.CurrentFile;
import io.sluice.router.call.Question;
import io.sluice.router.call.Rendering;
import io.sluice.router.error.RefusalException;
import io.sluice.router.text.CompletionText;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Asks for what belongs between the code above and below the cursor (contract 3.7, 3.8). Immutable.
 *
 * @param prompts the prompts
 * @param file the file at the cursor
 * @param language what the prompt calls its language
 * @param context further pieces of code
 * @param contextLimit the most tokens a question may have, whatever the model's context
 */
record CompletionRendering(
    PromptRegister prompts,
    CurrentFile file,
    String language,
    List<String> context,
    int contextLimit)
    implements Rendering {

  static final String PROMPT = "code_suggestions/completions";

  /** What the prompt's own words may take. */
  private static final int TEMPLATE_TOKENS = 256;

  private static final int DEFAULT_ANSWER_TOKENS = 128;

  @Override
  public Question render(Candidate candidate) throws RefusalException {
    Prompt prompt = prompts.find(PROMPT, candidate, null);
    Sampling sampling = prompt.sampling();
    CompletionText text = text(candidate, sampling);
    if (candidate.completion() == CompletionMode.FIM) {
      FimFormat format = FimFormat.of(candidate.family());
      DataGuard guard = new DataGuard(Set.of(), candidate.family());
      return new Question(
          new ModelCall.Completion(
              format.prompt(guard.guarded(text.prefix()), guard.guarded(text.suffix()))),
          new Sampling(
              sampling.temperature(), sampling.topP(), sampling.maxTokens(), format.stop()),
          prompt,
          JsonObject.EMPTY,
          text.tokens());
    }
    JsonObject inputs =
        JsonObject.builder()
            .put("prefix", text.prefix())
            .put("suffix", text.suffix())
            .put("file_name", file.fileName())
            .put("language", language)
            .build();
    return new Question(
        new ModelCall.Chat(prompts.render(prompt, inputs, candidate).messages()),
        sampling,
        prompt,
        inputs,
        text.tokens());
  }

  /** What of the file and its context this candidate gets. */
  CompletionText text(Candidate candidate, Sampling sampling) {
    int answer = Objects.requireNonNullElse(sampling.maxTokens(), DEFAULT_ANSWER_TOKENS);
    int room = Math.min(candidate.contextTokens(), contextLimit) - answer - TEMPLATE_TOKENS;
    return CompletionText.fit(Math.max(room, 1), file.above(), file.below(), context);
  }
}
