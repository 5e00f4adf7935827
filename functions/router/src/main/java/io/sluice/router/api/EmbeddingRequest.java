package io.sluice.router.api;

import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of {@code /v1/embeddings/code_embeddings} (contract 6.1). Immutable.
 *
 * @param identifier the model's identifier as it was sent; answers repeat it
 * @param contents the texts to embed, at most {@value #MOST_TEXTS}, each of at most {@value
 *     #LONGEST_TEXT} characters
 * @param dimensions the size of a vector, {@code null} for the model's own
 * @param model the model that the request names
 */
public record EmbeddingRequest(
    String identifier,
    List<String> contents,
    @Nullable Integer dimensions,
    @Nullable RequestedModel model) {

  /** What OpenAI's own interface takes. */
  static final int MOST_TEXTS = 2048;

  /** Several times the context of any embedding model; the server judges the rest. */
  static final int LONGEST_TEXT = 400_000;

  public EmbeddingRequest {
    contents = List.copyOf(contents);
  }

  /** Reads a request. */
  public static EmbeddingRequest read(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    Fields metadata = fields.requiredObject("model_metadata");
    String provider = metadata.requiredText("provider", ModelMetadata.MAX_NAME);
    String identifier = metadata.requiredText("identifier", ModelMetadata.MAX_IDENTIFIER);
    String name = metadata.text("name", ModelMetadata.MAX_NAME);
    String endpoint = ModelMetadata.endpoint(metadata, "endpoint");
    metadata.text("api_key", ModelMetadata.MAX_KEY);
    fields.require("contents");
    List<String> contents = fields.disclosed().texts("contents", 0, MOST_TEXTS, LONGEST_TEXT);
    Long dimensions = fields.whole("dimensions");
    if (dimensions != null && (dimensions < 0 || dimensions > 1_000_000)) {
      fields.problem("dimensions", "must be 0 to 1000000");
    }
    fields.flag("litellm_drop_params");
    fields.check();
    judge(provider, name, endpoint);
    return new EmbeddingRequest(
        identifier,
        contents,
        dimensions == null || dimensions == 0 ? null : Integer.valueOf(dimensions.intValue()),
        ModelMetadata.of(body));
  }

  private static void judge(String provider, @Nullable String name, @Nullable String endpoint)
      throws InvalidRequestException {
    String problem = null;
    if (!provider.equals("gitlab") && !provider.equals("litellm")) {
      problem = "Allowed providers are: gitlab|litellm.";
    } else if (provider.equals("litellm")) {
      if (ModelMetadata.present(name) == null) {
        problem = "Model `name` must be set when using `litellm` provider.";
      } else if (!"embedding".equals(name)) {
        problem = "Model `name` must be 'embedding' when using `litellm` provider.";
      } else if (ModelMetadata.present(endpoint) == null) {
        problem = "Model `endpoint` must be set when using `litellm` provider.";
      }
    }
    if (problem != null) {
      throw new InvalidRequestException(422, List.of(new Problem("", problem, true)));
    }
  }
}
