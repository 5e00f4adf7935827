package io.sluice.doctor.policy;

import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Judges the Principal of a statement. Pure functions. */
final class Principals {

  private Principals() {}

  /** Whether the Principal names the caller. */
  static Truth name(@Nullable JsonValue principal, Caller caller) {
    if (principal instanceof JsonString text) {
      return text.value().equals("*") ? Truth.YES : Truth.UNKNOWN;
    }
    if (!(principal instanceof JsonObject kinds)) {
      return Truth.UNKNOWN;
    }
    Truth named = Truth.NO;
    for (String aws : Values.texts(kinds.get("AWS"))) {
      named = named.or(aws.equals("*") ? Truth.YES : account(aws, caller));
    }
    if (caller instanceof Caller.Service service) {
      named = named.or(Truth.of(Values.texts(kinds.get("Service")).contains(service.name())));
    }
    return named;
  }

  private static Truth account(String principal, Caller caller) {
    if (!(caller instanceof Caller.Role role)) {
      return Truth.NO;
    }
    boolean account =
        principal.equals(role.account()) || principal.endsWith("::" + role.account() + ":root");
    if (account) {
      return Truth.of(!role.byGatewayEndpoint());
    }
    String name = role.arn().substring(role.arn().lastIndexOf('/') + 1);
    if (principal.equals(role.arn())) {
      return role.byGatewayEndpoint() ? Truth.UNKNOWN : Truth.YES;
    }
    // A session's name is Lambda's to choose; a wildcard is no principal that AWS documents.
    return principal.contains(":assumed-role/" + name + "/") || principal.contains("*")
        ? Truth.UNKNOWN
        : Truth.NO;
  }
}
