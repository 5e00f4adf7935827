package io.sluice.eval;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The model that is asked, as rows of the routing table say it.
 *
 * @param keyVariable the environment variable with its key, {@code null} for none
 */
record EvalModel(
    String endpoint,
    String name,
    String family,
    @Nullable String keyVariable,
    int contextTokens,
    int outputTokens) {

  /** Rows that make it the model of every feature. */
  String rows() {
    return """
    kind: model
    name: eval
    provider: openai
    family: %s
    model: %s
    endpoint: %s
    context_tokens: %d
    max_output_tokens: %d
    supports: [stream, system, stop]
    %s---
    kind: settings
    name: global
    default_model: eval
    """
        .formatted(
            family,
            Json.text(new io.sluice.core.json.JsonString(name)),
            endpoint,
            contextTokens,
            outputTokens,
            keyVariable == null ? "" : "secret: eval\n");
  }

  /**
   * The first model that the server lists.
   *
   * @throws IOException if it lists none
   */
  static String first(String endpoint, @Nullable String key) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(endpoint + "/models")).timeout(Duration.ofSeconds(10));
      if (key != null) {
        request.header("Authorization", "Bearer " + key);
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonArray models =
          Json.read(answer.body()) instanceof JsonObject list ? list.array("data") : null;
      if (models != null && models.size() > 0 && models.get(0) instanceof JsonObject model) {
        return model.text("id", "");
      }
    } catch (JsonSyntaxException e) {
      // said below
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      client.shutdownNow();
    }
    throw new IOException(endpoint + "/models lists no model: give --model NAME");
  }
}
