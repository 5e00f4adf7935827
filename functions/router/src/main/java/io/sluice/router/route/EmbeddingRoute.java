package io.sluice.router.route;

import io.sluice.config.Route;
import io.sluice.router.answer.EmbeddingAnswer;
import io.sluice.router.api.EmbeddingRequest;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.error.RefusalException;
import java.io.IOException;

/**
 * {@code POST /v1/embeddings/code_embeddings} and, the same, its {@code /index} and {@code /search}
 * (contract 6.1). Thread-safe.
 */
public final class EmbeddingRoute implements ApiRoute {

  private static final String FEATURE = "embeddings_code";
  private static final String UNIT_PRIMITIVE = "generate_embeddings_codebase";

  private final Desk desk;

  public EmbeddingRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    EmbeddingRequest asked = EmbeddingRequest.read(request.body());
    request.require(UNIT_PRIMITIVE, "Unauthorized to access embeddings");
    Route route = Routing.routed(desk.routing().resolve(request, FEATURE, asked.model()));
    desk.answering()
        .embedded(
            request,
            route,
            EmbeddingBatch.of(asked.contents(), asked.dimensions()),
            vectors -> new EmbeddingAnswer(asked.identifier(), vectors).response());
  }
}
