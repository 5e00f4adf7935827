package io.sluice.router.answer;

import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Token counts by model name (contract 4.2); zero where the model server counts none. */
public final class PromptUsage {

  private PromptUsage() {}

  /** The counts of that model. */
  public static JsonObject of(String model, ModelEvent.@Nullable Usage usage) {
    JsonObject counts =
        JsonObject.builder()
            .put("input_tokens", usage == null ? 0 : usage.inputTokens())
            .put("output_tokens", usage == null ? 0 : usage.outputTokens())
            .build();
    return JsonObject.of(Map.of(model, counts));
  }
}
