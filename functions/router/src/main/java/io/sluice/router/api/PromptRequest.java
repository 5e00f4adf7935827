package io.sluice.router.api;

import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request of {@code /v1|v2/prompts/{id}} (contract 4.1). Immutable.
 *
 * @param inputs the template's variables
 * @param promptVersion the constraint of the prompt's version, {@code null} for the default one
 * @param stream whether the answer is wanted as it is made
 * @param model the model that the request names, {@code null} when it names none
 */
public record PromptRequest(
    JsonObject inputs,
    @Nullable String promptVersion,
    boolean stream,
    @Nullable RequestedModel model) {

  /** Reads a request. */
  public static PromptRequest read(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    JsonObject inputs = fields.requiredObject("inputs").json();
    String version = fields.text("prompt_version", Integer.MAX_VALUE);
    boolean stream = fields.flag("stream");
    RequestedModel model = ModelMetadata.read(fields);
    fields.check();
    return new PromptRequest(inputs, version, stream, model);
  }
}
