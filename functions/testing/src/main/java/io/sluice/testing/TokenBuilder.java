package io.sluice.testing;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Builds a compact JWT, a good or a bad one: nothing that is set is judged. Starts as the caller
 * sets it up; {@link GitLabStub#token()} gives one that is valid. Not thread-safe.
 */
public final class TokenBuilder {

  private final Map<String, JsonValue> header = new LinkedHashMap<>();
  private final Map<String, JsonValue> claims = new LinkedHashMap<>();
  private TestKey key;
  private @Nullable String rawPayload;

  /** A token of no claims, signed with RS256 by that key and naming its id. */
  public TokenBuilder(TestKey key) {
    this.key = key;
    header("alg", "RS256").header("typ", "JWT").header("kid", key.kid());
  }

  /** Sets a member of the header to that Java value. */
  public TokenBuilder header(String name, @Nullable Object value) {
    header.put(name, JsonValue.of(value));
    return this;
  }

  public TokenBuilder withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  /** Sets a claim to that Java value; lists and maps become arrays and objects. */
  public TokenBuilder claim(String name, @Nullable Object value) {
    claims.put(name, JsonValue.of(value));
    return this;
  }

  public TokenBuilder without(String claim) {
    claims.remove(claim);
    return this;
  }

  /** Takes that text as the payload, whatever it is, instead of the claims. */
  public TokenBuilder payload(String text) {
    rawPayload = text;
    return this;
  }

  /** Signs with that key and names its id. */
  public TokenBuilder signedBy(TestKey other) {
    key = other;
    return header("kid", other.kid());
  }

  /** The token, signed with RS256 whatever its header says. */
  public String build() {
    String input = input();
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.pair().getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA256withRSA", e);
    }
  }

  /** The token with {@code alg} HS256, its secret being those bytes: the key confusion attack. */
  public String buildHs256(byte[] secret) {
    header("alg", "HS256");
    String input = input();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The token with that spelling of {@code alg} none and an empty signature. */
  public String buildUnsigned(String alg) {
    return header("alg", alg).input() + ".";
  }

  private String input() {
    String payload = rawPayload == null ? Json.text(new JsonObject(claims)) : rawPayload;
    return base64(Json.write(new JsonObject(header)))
        + "."
        + base64(payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
