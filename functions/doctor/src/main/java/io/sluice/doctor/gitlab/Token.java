package io.sluice.doctor.gitlab;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A token that GitLab made, read without being believed. Immutable; {@link #toString} does not show
 * it.
 */
public final class Token {

  private final String text;
  private final JsonObject header;
  private final JsonObject claims;

  private Token(String text, JsonObject header, JsonObject claims) {
    this.text = text;
    this.header = header;
    this.claims = claims;
  }

  /** The token of that text; empty where it is no JWT. */
  public static Optional<Token> parse(String text) {
    String[] parts = text.strip().split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Token(text.strip(), object(parts[0]), object(parts[1])));
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JsonObject object(String part) throws JsonSyntaxException {
    if (Json.read(Base64.getUrlDecoder().decode(part)) instanceof JsonObject object) {
      return object;
    }
    throw new JsonSyntaxException("no object");
  }

  /** The claims. */
  public JsonObject claims() {
    return claims;
  }

  /** The id of the key that signed it; empty where it names none. */
  public String keyId() {
    return header.text("kid", "");
  }

  /** What the signature is over. */
  byte[] signed() {
    return text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
  }

  /** The signature. */
  byte[] signature() {
    return Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf('.') + 1));
  }

  /** The members of a claim that is a text or a list of texts. */
  public List<String> texts(String claim) {
    List<String> texts = new ArrayList<>();
    if (claims.get(claim) instanceof JsonString one) {
      texts.add(one.value());
    } else if (claims.get(claim) instanceof JsonArray many) {
      for (JsonValue item : many) {
        if (item instanceof JsonString string) {
          texts.add(string.value());
        }
      }
    }
    return texts;
  }

  /** The headers that GitLab's Rails sends with this token (client 1.2), for a user of its own. */
  public Headers headers() {
    return headers(text);
  }

  /** The headers of an IDE that holds that user token of the gateway (client 2.5). */
  public Headers headers(String bearer) {
    return Headers.builder()
        .add("X-Gitlab-Authentication-Type", "oidc")
        .add("Authorization", "Bearer " + bearer)
        .add("Content-Type", "application/json")
        .add("X-Request-ID", UUID.randomUUID().toString().replace("-", ""))
        .add("X-Gitlab-Rails-Send-Start", Double.toString(System.currentTimeMillis() / 1e3))
        .add("X-Gitlab-Host-Name", "sluice-doctor")
        .add("X-Gitlab-Instance-Id", claims.text("sub", ""))
        .add("X-Gitlab-Realm", claims.text("gitlab_realm", "self-managed"))
        .add("X-Gitlab-Deployment-Type", "self-managed")
        .add("X-Gitlab-Version", "18.9.0")
        .add("X-Gitlab-Global-User-Id", "c2x1aWNlLWRvY3Rvcg")
        .add("X-Gitlab-User-Id", "0")
        .add("X-Gitlab-Feature-Enabled-By-Namespace-Ids", "")
        .add("X-Gitlab-Feature-Enablement-Type", "duo_enterprise")
        .add("X-Gitlab-Enabled-Feature-Flags", "")
        .add("X-Gitlab-Enabled-Instance-Verbose-Ai-Logs", "false")
        .add("X-Gitlab-Is-Team-Member", "false")
        .add("X-Gitlab-Model-Prompt-Cache-Enabled", "true")
        .add("X-Gitlab-Language-Server-Version", "8.0.0")
        .build();
  }

  @Override
  public String toString() {
    return "Token of " + claims.text("iss", "nobody");
  }
}
