package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import java.util.List;

/** Renders prompts as tests want them: always with the same tag, for a model of ample context. */
final class Prompts {

  static final String TAG = "zq7";

  private static final int CONTEXT_TOKENS = 128_000;
  private static final int ANSWER_TOKENS = 4096;

  private Prompts() {}

  static List<Message> render(Prompt prompt, JsonObject inputs) throws MissingInputException {
    return prompt.render(inputs, audience(ModelFamily.GENERAL)).messages();
  }

  static Audience audience(ModelFamily family) {
    return new Audience(family, CONTEXT_TOKENS, ANSWER_TOKENS, true, TAG);
  }
}
