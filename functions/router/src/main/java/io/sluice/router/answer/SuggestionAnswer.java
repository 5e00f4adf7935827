package io.sluice.router.answer;

import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonObject;
import java.util.List;

/**
 * The JSON answer of {@code /v3/code/completions} and {@code /v4/code/suggestions} (contract 3.6).
 *
 * @param model who answered
 * @param text the code; empty for no suggestion
 * @param timestamp epoch seconds
 * @param flags the request's feature flags
 */
public record SuggestionAnswer(
    AnsweringModel model, String text, long timestamp, List<String> flags) {

  public SuggestionAnswer {
    flags = List.copyOf(flags);
  }

  /** The whole answer. */
  public HttpResponse response() {
    JsonObject described =
        JsonObject.builder()
            .put("engine", model.engine())
            .put("name", model.name())
            .put("lang", model.lang())
            .build();
    JsonObject metadata =
        JsonObject.builder()
            .put("model", described)
            .put("timestamp", timestamp)
            .put("enabled_feature_flags", flags)
            .put("region", null)
            .build();
    return HttpResponse.json(
        200,
        JsonObject.builder()
            .put("choices", Choices.of(text))
            .put("metadata", metadata)
            .put("model", described)
            .build());
  }
}
