package io.sluice.publisher;

import io.sluice.config.publish.StateTable;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.core.log.JsonLog.Level;
import io.sluice.outbound.oidc.KeyDiscovery;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Fetches each GitLab's keys and keeps them as item {@code keys/ISSUER} (design, decision 11). One
 * that fails stops no other, and its last good keys stay. Thread-safe.
 *
 * @param issuers the GitLabs, as the {@code iss} of their tokens
 * @param discovery fetches them
 * @param state takes them
 * @param log says which were fetched
 * @param clock says when
 */
record IssuerKeys(
    List<String> issuers,
    KeyDiscovery discovery,
    StateTable state,
    JsonLog log,
    InstantSource clock) {

  private static final String LOGGER = "publisher.keys";

  /** DynamoDB's largest item is 400 KB; a GitLab's JWKS has a few kilobytes. */
  private static final int MAX_CHARACTERS = 300 * 1024;

  /**
   * Fetches and keeps the keys of all issuers, beside one another.
   *
   * @return the issuers whose keys were not renewed
   */
  List<String> renew() {
    List<String> failed = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<Integer>> fetches = new LinkedHashMap<>();
      issuers.forEach(issuer -> fetches.put(issuer, threads.submit(() -> renew(issuer))));
      fetches.forEach(
          (issuer, fetch) -> {
            try {
              said(Level.INFO, "fetched an issuer's keys", issuer, "keys", fetch.get());
            } catch (ExecutionException e) {
              failed.add(issuer);
              said(
                  Level.WARNING,
                  "an issuer's keys could not be renewed; its last good keys stay in use",
                  issuer,
                  "reason",
                  String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              failed.add(issuer);
            }
          });
    }
    return List.copyOf(failed);
  }

  private int renew(String issuer) throws IOException {
    JsonObject jwks = discovery.fetch(issuer);
    JsonArray keys = jwks.array("keys");
    if (keys == null || keys.size() == 0) {
      throw new IOException("the JWKS of " + issuer + " lists no keys");
    }
    String text = Json.text(jwks);
    if (text.length() > MAX_CHARACTERS) {
      throw new IOException("the JWKS of " + issuer + " is larger than an item of a table");
    }
    state.put(
        "keys/" + issuer,
        Map.of(
            "issuer", AttributeValue.fromS(issuer),
            "fetched_at", AttributeValue.fromS(clock.instant().toString()),
            "jwks", AttributeValue.fromS(text)));
    return keys.size();
  }

  private void said(Level level, String message, String issuer, String fact, Object value) {
    log.line(
        level,
        LOGGER,
        message,
        JsonObject.builder().put("issuer", issuer).put(fact, value).build());
  }
}
