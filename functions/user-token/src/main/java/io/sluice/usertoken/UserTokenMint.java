package io.sluice.usertoken;

import io.sluice.core.http.Headers;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jose4j.base64url.Base64Url;
import org.jose4j.jwx.CompactSerializer;
import org.jspecify.annotations.Nullable;

/** Makes user tokens (contract 2.5, "Minted claims"). Thread-safe. */
final class UserTokenMint {

  /** The name of this service: issuer and audience of its tokens. */
  private static final String SERVICE = "gitlab-ai-gateway";

  /** The header of every token; its {@code kid} is contract 2.4's. */
  private static final JsonObject HEADER =
      JsonObject.builder()
          .put("alg", "RS256")
          .put("kid", "gitlab-ai-gateway_signing_key")
          .put("typ", "JWT")
          .build();

  /**
   * A token.
   *
   * @param expiresAt its {@code exp} in epoch seconds
   */
  record Minted(String token, long expiresAt) {}

  private final TokenSigner signer;
  private final Clock clock;

  UserTokenMint(TokenSigner signer, Clock clock) {
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * Makes a token.
   *
   * @param caller the GitLab that asks
   * @param user whom the token is for
   * @param headers of the request; they name project and namespace
   * @throws IOException if it can't be signed
   */
  Minted mint(Caller caller, String user, List<String> scopes, Headers headers) throws IOException {
    long now = clock.instant().getEpochSecond();
    long expiresAt = now + UserTokens.LIFETIME.toSeconds();
    String realm = value(caller.realm());
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("iss", SERVICE)
            .put("sub", user)
            .put("aud", SERVICE)
            .put("exp", expiresAt)
            .put("nbf", now)
            .put("iat", now)
            .put("jti", UUID.randomUUID().toString())
            .putPresent("gitlab_realm", realm)
            .put("scopes", scopes)
            .putPresent("gitlab_instance_id", value(caller.instance()));
    if ("saas".equals(realm)) {
      claims
          .putPresent("gitlab_project_id", sent(headers, "X-Gitlab-Project-Id"))
          .putPresent("gitlab_namespace_id", sent(headers, "X-Gitlab-Namespace-Id"))
          .putPresent("gitlab_root_namespace_id", value(caller.rootNamespace()));
    } else {
      claims.putPresent("gitlab_instance_uid", instanceUid(caller));
    }
    return new Minted(sign(claims.build()), expiresAt);
  }

  /**
   * The caller's claim; GitLab's own tokens have none (contract 2.3), but their {@code sub} attests
   * the same id.
   */
  private static @Nullable String instanceUid(Caller caller) {
    Identity instance = caller.instance();
    return caller.instanceUid() != null || instance == null || !instance.attested()
        ? caller.instanceUid()
        : instance.value();
  }

  private String sign(JsonObject claims) throws IOException {
    String input =
        CompactSerializer.serialize(
            Base64Url.encode(Json.write(HEADER)), Base64Url.encode(Json.write(claims)));
    byte[] signature = signer.sign(input.getBytes(StandardCharsets.US_ASCII));
    return CompactSerializer.serialize(input, Base64Url.encode(signature));
  }

  private static @Nullable String sent(Headers headers, String name) {
    String value = headers.first(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static @Nullable String value(@Nullable Identity identity) {
    return identity == null ? null : identity.value();
  }
}
