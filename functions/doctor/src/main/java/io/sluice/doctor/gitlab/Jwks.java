package io.sluice.doctor.gitlab;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The RSA keys of a JWKS that have an id. Immutable. */
final class Jwks {

  private final Map<String, PublicKey> keys;

  private Jwks(Map<String, PublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /** The usable keys of that document. */
  static Jwks of(JsonObject document) {
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    JsonArray all = document.array("keys");
    for (JsonValue item : all == null ? JsonArray.EMPTY : all) {
      if (item instanceof JsonObject jwk && "RSA".equals(jwk.text("kty"))) {
        try {
          keys.put(jwk.text("kid", ""), key(jwk));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
          // No usable key: the authorizer leaves it out as well.
        }
      }
    }
    keys.remove("");
    return new Jwks(keys);
  }

  private static PublicKey key(JsonObject jwk) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
  }

  private static BigInteger number(JsonObject jwk, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.text(name, "")));
  }

  /** The ids of all keys. */
  Set<String> ids() {
    return keys.keySet();
  }

  /** Whether the key that the token names signed it. */
  boolean signed(Token token) {
    PublicKey key = keys.get(token.keyId());
    if (key == null) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(token.signed());
      return signature.verify(token.signature());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
