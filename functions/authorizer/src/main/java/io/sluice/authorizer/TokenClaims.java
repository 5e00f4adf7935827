package io.sluice.authorizer;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims that are read of a token (contract 2.3). An empty claim counts as absent. Immutable.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}: the instance of GitLab's tokens, the user of our own
 * @param expiresAt {@code exp} in epoch seconds
 */
record TokenClaims(
    String issuer,
    @Nullable String subject,
    double expiresAt,
    @Nullable String realm,
    @Nullable String instanceId,
    @Nullable String instanceUid,
    @Nullable String namespace,
    @Nullable String rootNamespace,
    @Nullable String project,
    @Nullable String seatCount,
    Set<String> scopes) {

  /** How far the clocks of GitLab and gateway may differ. */
  static final Duration LEEWAY = Duration.ofSeconds(10);

  /** The name of this service, which a token must be meant for. */
  static final String AUDIENCE = "gitlab-ai-gateway";

  /** CI job and ID tokens are signed by keys of the same JWKS (client 2.3). */
  private static final List<String> CI_CLAIMS =
      List.of("job_id", "pipeline_id", "ci_config_ref_uri");

  /** Whether the token is one of ours (contract 2.5). */
  boolean userToken() {
    return issuer.equals(Issuer.USER_TOKENS);
  }

  /** Whether the token is past its {@code exp}, leeway included. */
  boolean expired(Instant now) {
    return now.minus(LEEWAY).toEpochMilli() >= expiresAt * 1e3;
  }

  /**
   * Reads and judges everything but issuer and signature.
   *
   * @throws TokenRefusedException if a claim is missing, malformed or not acceptable now
   */
  static TokenClaims read(JsonObject payload, Instant now) throws TokenRefusedException {
    for (String claim : CI_CLAIMS) {
      if (payload.has(claim)) {
        throw new TokenRefusedException("a CI token (it has the claim " + claim + ")");
      }
    }
    String issuer = payload.text("iss");
    if (issuer == null) {
      throw new TokenRefusedException("the claim iss is missing or not a string");
    }
    audience(payload.get("aud"));
    TokenClaims claims =
        new TokenClaims(
            issuer,
            text(payload, "sub"),
            time(payload, "exp"),
            text(payload, "gitlab_realm"),
            text(payload, "gitlab_instance_id"),
            text(payload, "gitlab_instance_uid"),
            id(payload, "gitlab_namespace_id"),
            id(payload, "gitlab_root_namespace_id"),
            id(payload, "gitlab_project_id"),
            id(payload, "duo_seat_count"),
            scopes(payload));
    if (claims.expired(now)) {
      throw new TokenRefusedException("the token has expired");
    }
    if (payload.has("iat")) {
      time(payload, "iat");
    }
    if (payload.has("nbf") && now.plus(LEEWAY).toEpochMilli() < time(payload, "nbf") * 1e3) {
      throw new TokenRefusedException("the token is not valid yet (nbf)");
    }
    return claims;
  }

  private static void audience(@Nullable JsonValue audience) throws TokenRefusedException {
    List<JsonValue> names =
        switch (audience) {
          case JsonString name -> List.of(name);
          case JsonArray array -> array.items();
          case null, default -> throw new TokenRefusedException("the claim aud is malformed");
        };
    if (!names.stream().allMatch(JsonString.class::isInstance)) {
      throw new TokenRefusedException("the claim aud is malformed");
    }
    if (!names.contains(new JsonString(AUDIENCE))) {
      throw new TokenRefusedException("the token is for another audience than " + AUDIENCE);
    }
  }

  private static double time(JsonObject payload, String name) throws TokenRefusedException {
    Double seconds = payload.decimal(name);
    if (seconds == null || !Double.isFinite(seconds)) {
      throw new TokenRefusedException("the claim " + name + " is missing or not a number");
    }
    return seconds;
  }

  private static @Nullable String text(JsonObject payload, String name)
      throws TokenRefusedException {
    return switch (payload.get(name)) {
      case null -> null;
      case JsonNull ignored -> null;
      case JsonString text -> text.value().isEmpty() ? null : text.value();
      default -> throw new TokenRefusedException("the claim " + name + " is not a string");
    };
  }

  /** A positive whole number, as number or text; anything else names nothing (contract 2.5). */
  private static @Nullable String id(JsonObject payload, String name) {
    String digits =
        switch (payload.get(name)) {
          case JsonNumber number -> number.text();
          case JsonString text -> text.value();
          case null, default -> "";
        };
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= 19
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && digits.chars().anyMatch(c -> c != '0');
    return plain ? digits : null;
  }

  private static Set<String> scopes(JsonObject payload) throws TokenRefusedException {
    if (!payload.has("scopes")) {
      return Set.of();
    }
    JsonArray list = payload.array("scopes");
    if (list == null) {
      throw new TokenRefusedException("the claim scopes is not a list");
    }
    Set<String> scopes = new LinkedHashSet<>();
    for (JsonValue item : list) {
      if (!(item instanceof JsonString scope)) {
        throw new TokenRefusedException("the claim scopes is not a list of strings");
      }
      // A name with a space would be two where scopes are handed on as one text.
      if (scope.value().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
        scopes.add(scope.value());
      }
    }
    scopes.remove("");
    return Set.copyOf(scopes);
  }
}
