package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.TokenEstimate;
import io.sluice.router.call.Question;
import io.sluice.router.call.Rendering;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that a model server embeds in one call. Immutable.
 *
 * @param input the texts, and the size of a vector
 * @param tokens the estimated tokens of all of them
 */
record EmbeddingBatch(ModelCall.Embedding input, int tokens) implements Rendering {

  /** OpenAI takes 300,000 tokens a call; ours are an estimate. */
  private static final int MOST_TOKENS = 200_000;

  /** A backend reads answers of 16 MiB; a number takes up to 22 characters. */
  private static final int MOST_NUMBERS = 700_000;

  /** What a vector may have where nobody says. */
  private static final int USUAL_DIMENSIONS = 4096;

  /**
   * These texts, in order, in as few calls as one server takes them.
   *
   * @param dimensions the size of a vector, {@code null} for the model's own
   */
  static List<EmbeddingBatch> of(List<String> texts, @Nullable Integer dimensions) {
    int most = Math.max(1, MOST_NUMBERS / (dimensions == null ? USUAL_DIMENSIONS : dimensions));
    List<EmbeddingBatch> batches = new ArrayList<>();
    int start = 0;
    int tokens = 0;
    for (int i = 0; i < texts.size(); i++) {
      int more = TokenEstimate.of(texts.get(i));
      if (i > start && (i - start == most || tokens + more > MOST_TOKENS)) {
        batches.add(batch(texts.subList(start, i), dimensions, tokens));
        start = i;
        tokens = 0;
      }
      tokens += more;
    }
    if (start < texts.size()) {
      batches.add(batch(texts.subList(start, texts.size()), dimensions, tokens));
    }
    return batches;
  }

  private static EmbeddingBatch batch(
      List<String> texts, @Nullable Integer dimensions, int tokens) {
    return new EmbeddingBatch(new ModelCall.Embedding(texts, dimensions), tokens);
  }

  /** How many texts it has. */
  int size() {
    return input.texts().size();
  }

  @Override
  public Question render(Candidate candidate) {
    return new Question(input, Sampling.DEFAULT, null, JsonObject.EMPTY, tokens);
  }
}
