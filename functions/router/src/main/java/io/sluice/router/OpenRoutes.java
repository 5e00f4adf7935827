package io.sluice.router;

import io.sluice.config.RoutingTable;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes that need no token (contract 1.1, 1.2): probes, the model list and {@code HEAD /}.
 * Matched exactly, so no other path slips through. Thread-safe.
 */
final class OpenRoutes {

  private static final String HEALTH = "/monitoring/healthz";
  private static final String READY = "/monitoring/ready";
  private static final String MODELS = "/v1/models/definitions";
  private static final String METRICS = "/metrics";
  private static final Set<String> PATHS = Set.of(HEALTH, READY, MODELS, METRICS);

  private final RoutingTable table;
  private final @Nullable BooleanSupplier keysReady;

  /**
   * @param keysReady whether there are keys to verify tokens with; {@code null} where another
   *     function knows
   */
  OpenRoutes(RoutingTable table, @Nullable BooleanSupplier keysReady) {
    this.table = table;
    this.keysReady = keysReady;
  }

  static boolean contains(HttpRequest request, String path) {
    return PATHS.contains(path) || (path.equals("/") && request.method().equals("HEAD"));
  }

  static boolean isServed(String path) {
    return PATHS.contains(path) && !path.equals(METRICS);
  }

  /** The answer to a GET or HEAD of such a path. */
  HttpResponse answer(String path) {
    return switch (path) {
      case READY -> ready();
      case MODELS ->
          HttpResponse.json(
              200,
              JsonObject.builder()
                  .put("models", JsonArray.EMPTY)
                  .put("unit_primitives", JsonArray.EMPTY)
                  .build());
      default -> HttpResponse.json(200, JsonObject.EMPTY);
    };
  }

  private HttpResponse ready() {
    boolean config = table.ready();
    boolean keys = keysReady == null || keysReady.getAsBoolean();
    JsonObject.Builder parts =
        JsonObject.builder().put("config", config ? "ready" : "no snapshot of the routing table");
    if (keysReady != null) {
      parts.put("keys", keys ? "ready" : "no key of a GitLab instance");
    }
    return HttpResponse.json(config && keys ? 200 : 503, parts.build());
  }
}
