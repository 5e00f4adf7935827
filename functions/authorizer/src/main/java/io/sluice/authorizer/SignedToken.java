package io.sluice.authorizer;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a compact JWS with RS256 (RFC 7515), not yet verified. Strict: three parts in
 * canonical base64url, so that one token has one spelling; strict JSON.
 *
 * @param keyId the header's {@code kid}, {@code null} where it has none
 * @param claims the payload
 * @param signingInput the bytes that are signed
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent")
record SignedToken(
    @Nullable String keyId, JsonObject claims, byte[] signingInput, byte[] signature) {

  /** The longest token that is looked at, in characters. GitLab's have about 2,000. */
  static final int MAX_LENGTH = 16 * 1024;

  /**
   * Takes the token apart.
   *
   * @throws TokenRefusedException if it is no such token
   */
  static SignedToken parse(String token) throws TokenRefusedException {
    if (token.isEmpty()) {
      throw new TokenRefusedException("the token is empty");
    }
    if (token.length() > MAX_LENGTH) {
      throw new TokenRefusedException("the token is longer than " + MAX_LENGTH + " characters");
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 1 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      throw new TokenRefusedException("the token has not three parts");
    }
    JsonObject header = object("header", token.substring(0, first));
    String keyId = keyId(header);
    return new SignedToken(
        keyId,
        object("payload", token.substring(first + 1, second)),
        token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
        decode("signature", token.substring(second + 1)));
  }

  private static @Nullable String keyId(JsonObject header) throws TokenRefusedException {
    if (!"RS256".equals(header.text("alg"))) {
      throw new TokenRefusedException("the token's alg is not RS256");
    }
    if (header.has("crit") || header.has("b64")) {
      throw new TokenRefusedException("the token's header has critical extensions");
    }
    JsonValue keyId = header.get("kid");
    return switch (keyId) {
      case null -> null;
      case JsonString text -> text.value();
      default -> throw new TokenRefusedException("the token's kid is not a string");
    };
  }

  private static JsonObject object(String part, String text) throws TokenRefusedException {
    try {
      if (Json.read(decode(part, text)) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      // Its message names a place in the token: not for the log.
    }
    throw new TokenRefusedException("the token's " + part + " is no JSON object");
  }

  private static byte[] decode(String part, String text) throws TokenRefusedException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (isCanonical(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Its message quotes the token.
    }
    throw new TokenRefusedException("the token's " + part + " is no base64url");
  }

  /** Whether there is no padding and the bits that the last character has to spare are zero. */
  private static boolean isCanonical(String text) {
    int rest = text.length() % 4;
    if (text.endsWith("=")) {
      return false;
    }
    if (rest == 0) {
      return true;
    }
    char last = text.charAt(text.length() - 1);
    int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(last);
    return (value & (rest == 2 ? 0b1111 : 0b11)) == 0;
  }
}
