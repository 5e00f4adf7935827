package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import java.util.List;

/**
 * Renders prompts as tests want them: always with the same tag, for a model of ample context unless
 * said.
 */
final class Prompts {

  static final String TAG = "zq7";

  private static final int CONTEXT_TOKENS = 128_000;
  private static final int ANSWER_TOKENS = 4096;
  private static final int SMALL_CONTEXT_TOKENS = 1600;

  private Prompts() {}

  static List<Message> render(Prompt prompt, JsonObject inputs) throws MissingInputException {
    return prompt.render(inputs, audience(ModelFamily.GENERAL)).messages();
  }

  static Audience audience(ModelFamily family) {
    return new Audience(family, CONTEXT_TOKENS, ANSWER_TOKENS, true, TAG);
  }

  /** A model of so little context that an input of some length is cut. */
  static Audience smallAudience(ModelFamily family) {
    return new Audience(family, SMALL_CONTEXT_TOKENS, SMALL_CONTEXT_TOKENS / 2, false, TAG);
  }
}
