package io.sluice.authorizer;

import io.sluice.core.http.Headers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The headers that authentication believes or compares (contract 2.1), each allowed once. */
final class SecurityHeaders {

  static final String AUTHORIZATION = "Authorization";
  static final String AUTHENTICATION_TYPE = "X-Gitlab-Authentication-Type";
  static final String REALM = "X-Gitlab-Realm";
  static final String INSTANCE_ID = "X-Gitlab-Instance-Id";
  static final String GLOBAL_USER_ID = "X-Gitlab-Global-User-Id";

  /** In the order in which a mismatch is reported. */
  static final List<String> COMPARED = List.of(REALM, INSTANCE_ID, GLOBAL_USER_ID);

  private SecurityHeaders() {}

  /** The refusal of headers that differ from the token's claims (contract 2.2, step 5). */
  static Optional<Authentication.Rejected> mismatch(TokenClaims claims, Headers headers) {
    for (String header : COMPARED) {
      if (headers.count(header) > 1) {
        return Optional.of(
            new Authentication.Rejected(Refusals.mismatch(header), header + " occurs twice"));
      }
    }
    return differs(headers, REALM, "gitlab_realm", claims.realm())
        .or(() -> differs(headers, INSTANCE_ID, "gitlab_instance_id", claims.instanceId()))
        .or(
            () ->
                differs(
                    headers,
                    claims.userToken() ? GLOBAL_USER_ID : INSTANCE_ID,
                    "sub",
                    claims.subject()));
  }

  private static Optional<Authentication.Rejected> differs(
      Headers headers, String header, String name, @Nullable String claim) {
    String sent = headers.first(header);
    if (claim == null || Objects.equals(claim, sent)) {
      return Optional.empty();
    }
    String reason =
        sent == null
            ? "%s is missing, but the token has the claim %s"
            : "%s differs from the token's claim %s";
    return Optional.of(
        new Authentication.Rejected(Refusals.mismatch(header), reason.formatted(header, name)));
  }
}
