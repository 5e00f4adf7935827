package io.sluice.authorizer;

import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The answers of an API Gateway authorizer: a policy for the API and a context for the router. */
final class AuthorizerPolicy {

  private AuthorizerPolicy() {}

  static JsonObject allow(AuthorizerEvent event, Caller caller) {
    return policy(event, "Allow", principal(caller), caller.toContext());
  }

  /** A refusal; the API maps the context's {@code error} to the body of a 401. */
  static JsonObject deny(AuthorizerEvent event, String error) {
    return policy(event, "Deny", "nobody", Map.of("error", error));
  }

  private static String principal(Caller caller) {
    Identity known = caller.instance() == null ? caller.user() : caller.instance();
    return known == null ? caller.issuer() : known.value();
  }

  private static JsonObject policy(
      AuthorizerEvent event, String effect, String principal, Map<String, String> context) {
    JsonObject statement =
        JsonObject.builder()
            .put("Action", "execute-api:Invoke")
            .put("Effect", effect)
            .put("Resource", event.everyMethod())
            .build();
    return JsonObject.builder()
        .put("principalId", principal)
        .put(
            "policyDocument",
            JsonObject.builder()
                .put("Version", "2012-10-17")
                .put("Statement", List.of(statement))
                .build())
        .put("context", context)
        .build();
  }
}
