package io.sluice.router.route;

import io.sluice.config.Admission;
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
    recorded(request, feature, describe(resolution), start);
    return resolution;
  }

  /** What the table says of exactly this model. */
  Resolution resolveExactly(ApiRequest request, String feature, RequestedModel model) {
    long start = System.nanoTime();
    Resolution resolution = table.resolveExactly(feature, request.caller(), model);
    recorded(request, feature, describe(resolution), start);
    return resolution;
  }

  /**
   * What the table says of a feature that asks no model.
   *
   * @throws RefusalException if it is switched off
   */
  Admission.Admitted admitted(ApiRequest request, String feature) throws RefusalException {
    long start = System.nanoTime();
    Admission admission = table.admit(feature, request.caller());
    recorded(request, feature, describe(admission), start);
    return switch (admission) {
      case Admission.Admitted admitted -> admitted;
      case Resolution.Refused refused -> throw Refusals.of(refused);
    };
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

  private static void recorded(
      ApiRequest request, String feature, JsonObject decision, long start) {
    AuditTrail trail = request.exchange().trail();
    trail.routeTime(Duration.ofNanos(System.nanoTime() - start));
    trail.feature(feature);
    trail.decision(decision);
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
      case Resolution.Refused refused -> describe(refused);
    };
  }

  private static JsonObject describe(Admission admission) {
    return switch (admission) {
      case Admission.Admitted admitted ->
          JsonObject.builder()
              .put("snapshot", admitted.snapshot())
              .put("stale", admitted.stale())
              .build();
      case Resolution.Refused refused -> describe(refused);
    };
  }

  private static JsonObject describe(Resolution.Refused refused) {
    return JsonObject.builder()
        .put("refused", refused.reason().name())
        .put("reason", Redaction.mask(refused.detail()))
        .build();
  }
}
