package io.sluice.authorizer;

import io.sluice.core.http.Headers;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Who a verified token and its headers say is calling, and how far each part may be believed
 * (design, "Identity"): a claim attests, a header asserts. Most claims of our own user tokens were
 * copied from headers when they were minted, so that of those only {@code sub} and {@code
 * gitlab_instance_uid} attest.
 */
final class Callers {

  private Callers() {}

  static Caller of(TokenClaims claims, Headers headers) {
    boolean own = claims.userToken();
    String user = headers.first(SecurityHeaders.GLOBAL_USER_ID);
    return new Caller(
        claims.issuer(),
        own,
        instance(claims, headers),
        identity(claims.realm(), !own, headers.first(SecurityHeaders.REALM)),
        own ? identity(claims.subject(), true, user) : identity(null, false, user),
        identity(claims.namespace(), !own, headers.first("X-Gitlab-Namespace-Id")),
        identity(claims.rootNamespace(), !own, headers.first("X-Gitlab-Root-Namespace-Id")),
        identity(claims.project(), !own, headers.first("X-Gitlab-Project-Id")),
        claims.scopes(),
        claims.instanceUid());
  }

  private static @Nullable Identity instance(TokenClaims claims, Headers headers) {
    String sent = headers.first(SecurityHeaders.INSTANCE_ID);
    if (claims.userToken()) {
      return claims.instanceUid() != null
          ? Identity.attested(claims.instanceUid())
          : identity(claims.instanceId(), false, sent);
    }
    return identity(claims.subject() == null ? claims.instanceId() : claims.subject(), true, sent);
  }

  /** The claim where there is one, else what the header asserts. */
  private static @Nullable Identity identity(
      @Nullable String claim, boolean attested, @Nullable String header) {
    if (claim != null) {
      return new Identity(claim, attested);
    }
    return header == null || header.isBlank() ? null : Identity.asserted(header);
  }
}
