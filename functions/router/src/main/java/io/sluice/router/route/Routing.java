package io.sluice.router.route;

import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.config.RoutingTable;
import io.sluice.core.audit.AuditTrail;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.Redaction;
import io.sluice.router.error.RefusalException;
import io.sluice.router.error.Refusals;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the routing table, and records what it says. Thread-safe. */
final class Routing {

  private final RoutingTable table;

  Routing(RoutingTable table) {
    this.table = table;
  }

  /** What the table says of the feature. */
  Resolution resolve(ApiRequest request, String feature, @Nullable RequestedModel model) {
    long start = System.nanoTime();
    Resolution resolution = table.resolve(feature, request.caller(), model);
    return recorded(request, feature, resolution, start);
  }

  /** What the table says of exactly this model. */
  Resolution resolveExactly(ApiRequest request, String feature, RequestedModel model) {
    long start = System.nanoTime();
    Resolution resolution = table.resolveExactly(feature, request.caller(), model);
    return recorded(request, feature, resolution, start);
  }

  /**
   * The route of a resolution.
   *
   * @throws RefusalException if it has none
   */
  static Route routed(Resolution resolution) throws RefusalException {
    return switch (resolution) {
      case Resolution.Routed routed -> routed.route();
      case Resolution.Refused refused -> throw Refusals.of(refused);
    };
  }

  private static Resolution recorded(
      ApiRequest request, String feature, Resolution resolution, long start) {
    AuditTrail trail = request.exchange().trail();
    trail.routeTime(Duration.ofNanos(System.nanoTime() - start));
    trail.feature(feature);
    trail.decision(describe(resolution));
    return resolution;
  }

  private static JsonObject describe(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Routed(Route route) ->
          JsonObject.builder()
              .put(
                  "targets",
                  route.candidates().stream()
                      .map(candidate -> Redaction.mask(candidate.target().label()))
                      .toList())
              .put("snapshot", route.snapshot())
              .put("stale", route.stale())
              .put("reason", Redaction.mask(route.reason()))
              .build();
      case Resolution.Refused refused ->
          JsonObject.builder()
              .put("refused", refused.reason().name())
              .put("reason", Redaction.mask(refused.detail()))
              .build();
    };
  }
}
