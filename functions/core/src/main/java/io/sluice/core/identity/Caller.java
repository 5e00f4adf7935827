package io.sluice.core.identity;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated caller (contract 2). Immutable.
 *
 * @param issuer the token's {@code iss}
 * @param userToken whether the token is one of our own user tokens (contract 2.5): such a caller
 *     may only complete code
 * @param instance the GitLab instance
 * @param realm {@code self-managed} or {@code saas}
 * @param user the pseudonymous user id, {@code null} when the request names none
 * @param namespace the namespace, when sent
 * @param rootNamespace the root namespace, when sent
 * @param project the project, when sent; recorded, never routes
 * @param scopes the unit primitives that the caller holds (contract 2.6), opaque strings
 * @param instanceUid the claim {@code gitlab_instance_uid}
 */
public record Caller(
    String issuer,
    boolean userToken,
    @Nullable Identity instance,
    @Nullable Identity realm,
    @Nullable Identity user,
    @Nullable Identity namespace,
    @Nullable Identity rootNamespace,
    @Nullable Identity project,
    Set<String> scopes,
    @Nullable String instanceUid) {

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Whether the caller holds this unit primitive. */
  public boolean can(String unitPrimitive) {
    return scopes.contains(unitPrimitive);
  }

  /**
   * The caller as the flat text members that an API Gateway authorizer hands on; {@link
   * #fromContext} reads them.
   */
  public Map<String, String> toContext() {
    JsonObject.Builder identities = JsonObject.builder();
    identity(identities, "instance", instance);
    identity(identities, "realm", realm);
    identity(identities, "user", user);
    identity(identities, "namespace", namespace);
    identity(identities, "root_namespace", rootNamespace);
    identity(identities, "project", project);
    Map<String, String> context = new LinkedHashMap<>();
    context.put("issuer", issuer);
    context.put("user_token", Boolean.toString(userToken));
    context.put("identities", Json.text(identities.build()));
    context.put("scopes", String.join(" ", scopes));
    if (instanceUid != null) {
      context.put("instance_uid", instanceUid);
    }
    return context;
  }

  /**
   * The caller of {@link #toContext} members.
   *
   * @throws IllegalArgumentException if a member is missing or malformed
   */
  public static Caller fromContext(Map<String, String> context) {
    JsonObject identities = identities(context.get("identities"));
    String issuer = context.get("issuer");
    if (issuer == null) {
      throw new IllegalArgumentException("the authorizer's context names no issuer");
    }
    Set<String> scopes = new LinkedHashSet<>();
    for (String scope : context.getOrDefault("scopes", "").split(" ", -1)) {
      if (!scope.isEmpty()) {
        scopes.add(scope);
      }
    }
    return new Caller(
        issuer,
        Boolean.parseBoolean(context.get("user_token")),
        identity(identities, "instance"),
        identity(identities, "realm"),
        identity(identities, "user"),
        identity(identities, "namespace"),
        identity(identities, "root_namespace"),
        identity(identities, "project"),
        scopes,
        context.get("instance_uid"));
  }

  private static void identity(
      JsonObject.Builder members, String name, @Nullable Identity identity) {
    if (identity != null) {
      members.put(name, JsonArray.of(java.util.List.of(identity.value(), identity.attested())));
    }
  }

  private static @Nullable Identity identity(JsonObject members, String name) {
    JsonArray pair = members.array(name);
    if (pair == null || pair.size() != 2 || !(pair.get(0) instanceof JsonString value)) {
      return null;
    }
    return new Identity(value.value(), pair.get(1).equals(JsonValue.of(true)));
  }

  private static JsonObject identities(@Nullable String text) {
    try {
      if (text != null && Json.read(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("the authorizer's context is malformed", e);
    }
    throw new IllegalArgumentException("the authorizer's context names no identities");
  }
}
