package io.sluice.authorizer;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm;
import org.jose4j.lang.JoseException;

/**
 * Verifies tokens, each with the keys of its own issuer alone (contract 2.3). Thread-safe.
 *
 * <p>jose4j's algorithm is called directly rather than through its {@code JsonWebSignature}: that
 * one registers every algorithm of JOSE at its first use, which costs a cold start 80 ms, and would
 * leave the choice of algorithm to a header.
 */
final class TokenVerifier {

  private final Map<String, KeySource> issuers;
  private final Clock clock;
  private final VerificationCache cache;
  private final JsonWebSignatureAlgorithm rs256 = new RsaUsingShaAlgorithm.RsaSha256();
  private final ProviderContext providers = new ProviderContext();

  /** Believes those issuers, by the text of their {@code iss}. */
  TokenVerifier(Map<String, KeySource> issuers, Clock clock) {
    this.issuers = Map.copyOf(issuers);
    this.clock = clock;
    this.cache = new VerificationCache(clock);
  }

  /**
   * The token's claims.
   *
   * @throws TokenRefusedException if it does not verify; the message says why
   */
  TokenClaims verify(String token) throws TokenRefusedException {
    if (token.length() > SignedToken.MAX_LENGTH) {
      throw new TokenRefusedException(
          "the token is longer than " + SignedToken.MAX_LENGTH + " characters");
    }
    Instant now = clock.instant();
    VerificationCache.Digest digest = VerificationCache.digest(token);
    VerifiedToken known = cache.find(digest);
    if (known != null
        && !known.claims().expired(now)
        && keys(known.claims()).current().contains(known.key())) {
      return known.claims();
    }
    SignedToken parsed = SignedToken.parse(token);
    TokenClaims claims = TokenClaims.read(parsed.claims(), now);
    VerificationKey key = verifyingKey(parsed, keys(claims));
    cache.remember(digest, new VerifiedToken(claims, key));
    return claims;
  }

  /** Fetches the keys of every issuer beside the caller, so that the first request finds them. */
  void prefetch() {
    issuers.values().forEach(source -> Thread.startVirtualThread(source::prefetch));
  }

  /** Whether a GitLab's token can be verified; asks no longer than a first request would. */
  boolean ready() {
    return issuers.entrySet().stream()
        .filter(issuer -> !issuer.getKey().equals(Issuer.USER_TOKENS))
        .anyMatch(issuer -> !issuer.getValue().current().keys().isEmpty());
  }

  private KeySource keys(TokenClaims claims) throws TokenRefusedException {
    KeySource source = issuers.get(claims.issuer());
    if (source == null) {
      throw new TokenRefusedException(
          "the token's issuer is not configured; configured are "
              + String.join(", ", issuers.keySet()));
    }
    return source;
  }

  private VerificationKey verifyingKey(SignedToken token, KeySource source)
      throws TokenRefusedException {
    KeySet known = source.current();
    List<VerificationKey> candidates = known.candidates(token.keyId());
    if (candidates.isEmpty()) {
      known = source.renewed();
      candidates = known.candidates(token.keyId());
    }
    for (VerificationKey candidate : candidates) {
      if (isSignedBy(candidate, token)) {
        return candidate;
      }
    }
    throw new TokenRefusedException(
        known.keys().isEmpty()
            ? "no key of the token's issuer is known"
            : candidates.isEmpty()
                ? "the token's kid is no key of its issuer"
                : "the token's signature is wrong");
  }

  private boolean isSignedBy(VerificationKey candidate, SignedToken token) {
    try {
      return rs256.verifySignature(
          token.signature(), candidate.key(), token.signingInput(), providers);
    } catch (JoseException e) {
      return false; // a signature of a wrong length, for one
    }
  }
}
