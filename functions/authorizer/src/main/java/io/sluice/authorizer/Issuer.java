package io.sluice.authorizer;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.outbound.oidc.IssuerUrl;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody whose tokens are believed, with keys of its own. Immutable. */
public final class Issuer {

  /** The issuer of our own user tokens (contract 2.5). */
  public static final String USER_TOKENS = "gitlab-ai-gateway";

  /** The {@code kid} of the key that signs them (contract 2.4). */
  public static final String USER_TOKENS_KEY_ID = "gitlab-ai-gateway_signing_key";

  private static final String CUSTOMERS_PORTAL = "https://customers.gitlab.com";

  private final String name;
  private final @Nullable KeySet pinned;

  private Issuer(String name, @Nullable KeySet pinned) {
    this.name = name;
    this.pinned = pinned;
  }

  /**
   * A GitLab whose keys are found by OIDC discovery.
   *
   * @param url its base URL, which is its {@code iss}; may have a relative path and a trailing
   *     slash
   * @throws IllegalArgumentException if it is no such URL; the message is for the administrator
   */
  public static Issuer discovered(String url) {
    return new Issuer(IssuerUrl.of(url), null);
  }

  /**
   * A GitLab that can't be reached, whose keys are configured.
   *
   * @param url as for {@link #discovered}
   * @param jwks the text of its JWKS ({@code GITLAB/oauth/discovery/keys})
   * @throws IllegalArgumentException if either is malformed or holds no usable key; the message is
   *     for the administrator
   */
  public static Issuer pinned(String url, String jwks) {
    String name = IssuerUrl.of(url);
    try {
      KeySet keys =
          Json.read(jwks) instanceof JsonObject object
              ? KeySet.of(object).orElse(KeySet.EMPTY)
              : KeySet.EMPTY;
      if (!keys.keys().isEmpty()) {
        return new Issuer(name, keys);
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "the pinned keys of " + name + " are no JSON: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "the pinned keys of %s are no JWKS with an RSA key of 2048 bits or more".formatted(name));
  }

  /**
   * The gateway itself: the issuer of user tokens.
   *
   * @param keys the public half of the key that signs, then those of earlier keys
   * @throws IllegalArgumentException if one of them has fewer than 2,048 bits
   */
  public static Issuer userTokens(RSAPublicKey... keys) {
    if (!Arrays.stream(keys).allMatch(KeySet::acceptable)) {
      throw new IllegalArgumentException(
          "the key of user tokens must be RSA of 2048 to 8192 bits with exponent 65537");
    }
    return new Issuer(
        USER_TOKENS,
        new KeySet(
            Arrays.stream(keys).map(key -> new VerificationKey(USER_TOKENS_KEY_ID, key)).toList()));
  }

  /** GitLab's customers portal, for features that are not self-hosted (client 2.1). */
  public static Issuer customersPortal() {
    return new Issuer(CUSTOMERS_PORTAL, null);
  }

  /** The text of {@code iss}, compared exactly. */
  public String name() {
    return name;
  }

  /**
   * Scheme, host and port that its keys are fetched from, such as {@code
   * https://gitlab.example.com}: what the outbound policy must allow. Empty where its keys are
   * configured.
   */
  public Optional<String> origin() {
    if (pinned != null) {
      return Optional.empty();
    }
    return Optional.of(IssuerUrl.origin(name));
  }

  /** The keys that never change; {@code null} where they are discovered. */
  @Nullable KeySet pinned() {
    return pinned;
  }

  @Override
  public String toString() {
    return name;
  }
}
