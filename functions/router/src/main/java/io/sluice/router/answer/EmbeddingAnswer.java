package io.sluice.router.answer;

import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The answer to a request for embeddings (contract 6.1). Immutable.
 *
 * @param identifier the model's identifier as the request has it
 * @param vectors in the texts' order
 */
public record EmbeddingAnswer(String identifier, List<double[]> vectors) {

  private static final int TYPICAL_NUMBER = 22;

  /** The answer; written number by number, since as a tree of values it would take four times. */
  public HttpResponse response() {
    JsonObject model =
        JsonObject.builder()
            .put("engine", "litellm_embedding")
            .put("name", "embedding")
            .put("identifier", identifier)
            .build();
    int numbers = vectors.isEmpty() ? 0 : vectors.size() * vectors.getFirst().length;
    ByteArrayOutputStream body = new ByteArrayOutputStream(256 + numbers * TYPICAL_NUMBER);
    StringBuilder piece = new StringBuilder();
    piece.append("{\"model\":").append(Json.text(model)).append(",\"predictions\":[");
    for (int i = 0; i < vectors.size(); i++) {
      piece.append(i == 0 ? "{\"embedding\":" : ",{\"embedding\":");
      append(piece, vectors.get(i));
      piece.append(",\"index\":").append(i).append('}');
      body.writeBytes(piece.toString().getBytes(StandardCharsets.UTF_8));
      piece.setLength(0);
    }
    body.writeBytes(piece.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    return new HttpResponse(
        200, Headers.of("Content-Type", "application/json"), body.toByteArray());
  }

  /** A finite double's shortest decimal form is a JSON number. */
  private static void append(StringBuilder body, double[] vector) {
    for (int i = 0; i < vector.length; i++) {
      body.append(i == 0 ? '[' : ',').append(vector[i]);
    }
    body.append(']');
  }
}
