package io.sluice.authorizer;

import io.sluice.core.http.Headers;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.outbound.OutboundClient;
import io.sluice.outbound.oidc.KeyDiscovery;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who is asking (contract section 2). Thread-safe; blocks only while an issuer's keys are
 * fetched. No setting turns it off.
 */
public final class Authenticator {

  private final TokenVerifier tokens;
  private final JsonLog log;

  private Authenticator(TokenVerifier tokens, JsonLog log) {
    this.tokens = tokens;
    this.log = log;
  }

  /**
   * An authenticator that believes those issuers.
   *
   * @param client reaches the issuers whose keys are discovered; its policy must allow them
   * @param store keeps the last good keys
   * @throws IllegalArgumentException if two issuers have one name
   */
  public static Authenticator of(
      List<Issuer> issuers, OutboundClient client, KeyStore store, JsonLog log, Clock clock) {
    return of(issuers, Map.of(), client, store, log, clock);
  }

  /**
   * The same, which also believes issuers whose keys come from elsewhere.
   *
   * @param others those issuers' keys, by their names
   */
  static Authenticator of(
      List<Issuer> issuers,
      Map<String, KeySource> others,
      OutboundClient client,
      KeyStore store,
      JsonLog log,
      Clock clock) {
    KeyDiscovery discovery = new KeyDiscovery(client);
    Map<String, KeySource> sources = new LinkedHashMap<>(others);
    for (Issuer issuer : issuers) {
      KeySet pinned = issuer.pinned();
      KeySource source =
          pinned != null
              ? KeySource.fixed(pinned)
              : new DiscoveredKeys(
                  issuer.name(), discovery, store, log, clock, Thread::startVirtualThread);
      if (sources.put(issuer.name(), source) != null) {
        throw new IllegalArgumentException("the issuer " + issuer + " is configured twice");
      }
    }
    return new Authenticator(new TokenVerifier(sources, clock), log);
  }

  /** Begins to fetch the issuers' keys, so that the first request finds them. Returns at once. */
  public void prefetch() {
    tokens.prefetch();
  }

  /**
   * Whether there are keys of at least one GitLab, for the readiness probe. Blocks while they are
   * fetched for the first time.
   */
  public boolean ready() {
    return tokens.ready();
  }

  /** Who sends a request with those headers (contract 2.2: the first failure wins). */
  public Authentication authenticate(Headers headers) {
    String authorization = headers.first(SecurityHeaders.AUTHORIZATION);
    if (authorization == null) {
      return rejected(Refusals.NO_AUTHORIZATION, "there is no Authorization header");
    }
    if (headers.count(SecurityHeaders.AUTHORIZATION) > 1) {
      return rejected(Refusals.INVALID_AUTHORIZATION, "Authorization occurs twice");
    }
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    if (!scheme.equalsIgnoreCase("bearer")) {
      return rejected(Refusals.INVALID_AUTHORIZATION, "the Authorization scheme is not Bearer");
    }
    Optional<Authentication> wrongType = wrongType(headers);
    if (wrongType.isPresent()) {
      return wrongType.get();
    }
    try {
      TokenClaims claims = tokens.verify(space < 0 ? "" : authorization.substring(space + 1));
      Optional<Authentication.Rejected> mismatch = SecurityHeaders.mismatch(claims, headers);
      if (mismatch.isPresent()) {
        return mismatch.get();
      }
      compareSeatCount(claims, headers);
      return new Authentication.Authenticated(Callers.of(claims, headers));
    } catch (TokenRefusedException e) {
      return rejected(Refusals.FORBIDDEN, e.reason());
    }
  }

  private static Optional<Authentication> wrongType(Headers headers) {
    String type = headers.first(SecurityHeaders.AUTHENTICATION_TYPE);
    if ("oidc".equals(type) && headers.count(SecurityHeaders.AUTHENTICATION_TYPE) == 1) {
      return Optional.empty();
    }
    String reason =
        type == null ? "is missing" : "oidc".equals(type) ? "occurs twice" : "is not oidc";
    return Optional.of(
        rejected(Refusals.NOT_OIDC, SecurityHeaders.AUTHENTICATION_TYPE + " " + reason));
  }

  /** A differing seat count is told and never refused (contract 2.2, step 6). */
  private void compareSeatCount(TokenClaims claims, Headers headers) {
    String sent = headers.first("X-Gitlab-Duo-Seat-Count");
    if (sent != null && claims.seatCount() != null && !claims.seatCount().equals(sent)) {
      log.line(
          JsonLog.Level.WARNING,
          "auth",
          "X-Gitlab-Duo-Seat-Count differs from the token's claim",
          JsonObject.EMPTY);
    }
  }

  private static Authentication rejected(String error, String reason) {
    return new Authentication.Rejected(error, reason);
  }
}
