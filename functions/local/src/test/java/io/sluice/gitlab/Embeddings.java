package io.sluice.gitlab;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.List;

/** Semantic code search of GitLab 19 (client 3.10). */
public final class Embeddings {

  private final GitLab gitLab;
  private final JsonObject metadata;

  /**
   * @param endpoint the embedding model's base URL
   * @param identifier such as {@code openai/NAME}
   */
  public Embeddings(GitLab gitLab, String endpoint, String identifier) {
    this.gitLab = gitLab;
    this.metadata =
        JsonObject.builder()
            .put("provider", "litellm")
            .put("name", "embedding")
            .put("identifier", identifier)
            .put("endpoint", endpoint)
            .put("api_key", "")
            .build();
  }

  /**
   * A vector a text, in the order of the texts.
   *
   * @param purpose {@code index} or {@code search}
   * @throws DuoException if there are not as many vectors as texts
   */
  public List<List<Double>> embed(String purpose, List<String> texts)
      throws DuoException, WireException {
    JsonObject body =
        JsonObject.builder()
            .put("model_metadata", metadata)
            .put("contents", texts)
            .put("litellm_drop_params", true)
            .build();
    Reply reply =
        gitLab.rails("/v1/embeddings/code_embeddings/" + purpose, body, Patience.HALF_A_MINUTE);
    JsonArray predictions = reply.object().array("predictions");
    if (!reply.success() || predictions == null || predictions.size() != texts.size()) {
      throw new DuoException("embeddings failed", reply.status(), reply.body());
    }
    return predictions.items().stream().map(Embeddings::vector).toList();
  }

  private static List<Double> vector(JsonValue prediction) {
    JsonArray vector =
        prediction instanceof JsonObject object ? object.array("embedding") : JsonArray.EMPTY;
    return vector == null ? List.of() : vector.items().stream().map(Embeddings::number).toList();
  }

  private static double number(JsonValue value) {
    return value instanceof JsonNumber number ? Double.parseDouble(number.text()) : Double.NaN;
  }
}
