package io.sluice.router.answer;

import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON answer of {@code /v2/code/completions} and {@code /v2/code/generations} (contract 3.5).
 *
 * @param model who answered
 * @param text the code; empty for no suggestion
 * @param tokens what it took, {@code null} where the contract says nothing of it
 * @param region the region that answers name
 * @param created epoch seconds
 * @param flags the request's feature flags
 */
public record CodeAnswer(
    AnsweringModel model,
    String text,
    @Nullable TokenCounts tokens,
    String region,
    long created,
    List<String> flags) {

  /** The tokens of a completion. */
  public record TokenCounts(
      long input, long output, boolean maxOutputUsed, int contextSent, int contextUsed) {

    JsonObject json() {
      return JsonObject.builder()
          .put("input_tokens", input)
          .put("output_tokens", output)
          .put("max_output_tokens_used", maxOutputUsed)
          .put("context_tokens_sent", contextSent)
          .put("context_tokens_used", contextUsed)
          .build();
    }
  }

  public CodeAnswer {
    flags = List.copyOf(flags);
  }

  /** The whole answer. */
  public HttpResponse response() {
    JsonObject described =
        JsonObject.builder()
            .put("engine", model.engine())
            .put("name", model.name())
            .put("lang", model.lang())
            .put(
                "tokens_consumption_metadata",
                tokens == null || text.isEmpty() ? null : tokens.json())
            .put("region", region)
            .build();
    return HttpResponse.json(
        200,
        JsonObject.builder()
            .put("id", "id")
            .put("model", described)
            .put("experiments", JsonArray.EMPTY)
            .put("object", "text_completion")
            .put("created", created)
            .put("choices", Choices.of(text))
            .put("metadata", JsonObject.builder().put("enabled_feature_flags", flags).build())
            .build());
  }
}
