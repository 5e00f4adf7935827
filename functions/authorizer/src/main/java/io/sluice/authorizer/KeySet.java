package io.sluice.authorizer;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer, parsed once. Immutable. */
record KeySet(List<VerificationKey> keys) {

  static final KeySet EMPTY = new KeySet(List.of());

  private static final int MIN_BITS = 2048;

  /** Larger keys would make verifying costly; nobody signs tokens with them. */
  private static final int MAX_BITS = 8192;

  /** Bounds of the exponent: FIPS 186-5, A.1.1, and what the JDK accepts cheaply. */
  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);

  private static final int MAX_EXPONENT_BITS = 64;

  /** A token without {@code kid} is tried with every key: no more than this many. */
  private static final int MAX_KEYS = 100;

  KeySet {
    keys = List.copyOf(keys);
  }

  /**
   * The usable keys of a JWKS: RSA, from {@value #MIN_BITS} bits, for signatures with RS256. Others
   * verify nothing and break nothing. Empty where the document is no JWKS.
   */
  static Optional<KeySet> of(JsonObject jwks) {
    JsonArray members = jwks.array("keys");
    if (members == null) {
      return Optional.empty();
    }
    List<VerificationKey> keys = new ArrayList<>();
    for (JsonValue member : members) {
      VerificationKey key = member instanceof JsonObject jwk ? key(jwk) : null;
      if (key != null && keys.size() < MAX_KEYS) {
        keys.add(key);
      }
    }
    return Optional.of(new KeySet(keys));
  }

  /** Whether a key of RSA may verify tokens. */
  static boolean acceptable(RSAPublicKey key) {
    BigInteger exponent = key.getPublicExponent();
    int bits = key.getModulus().bitLength();
    return bits >= MIN_BITS
        && bits <= MAX_BITS
        && exponent.testBit(0)
        && exponent.compareTo(MIN_EXPONENT) >= 0
        && exponent.bitLength() <= MAX_EXPONENT_BITS;
  }

  /** The keys to try for a token: those of its {@code kid}; all, where it names none. */
  List<VerificationKey> candidates(@Nullable String keyId) {
    return keyId == null ? keys : keys.stream().filter(key -> keyId.equals(key.keyId())).toList();
  }

  boolean contains(VerificationKey key) {
    return keys.contains(key);
  }

  private static @Nullable VerificationKey key(JsonObject jwk) {
    if (!"RSA".equals(jwk.text("kty"))
        || !saysOrSilent(jwk, "use", "sig")
        || !saysOrSilent(jwk, "alg", "RS256")
        || !mayVerify(jwk)
        || (jwk.has("kid") && jwk.text("kid") == null)) {
      return null;
    }
    BigInteger modulus = number(jwk.text("n"));
    BigInteger exponent = number(jwk.text("e"));
    if (modulus == null || exponent == null) {
      return null;
    }
    try {
      RSAPublicKey key =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
      return acceptable(key) ? new VerificationKey(jwk.text("kid"), key) : null;
    } catch (GeneralSecurityException e) {
      return null; // no key of RSA: it verifies nothing
    }
  }

  private static boolean saysOrSilent(JsonObject jwk, String name, String value) {
    return !jwk.has(name) || value.equals(jwk.text(name));
  }

  private static boolean mayVerify(JsonObject jwk) {
    JsonArray operations = jwk.array("key_ops");
    return !jwk.has("key_ops")
        || (operations != null && operations.items().contains(new JsonString("verify")));
  }

  private static @Nullable BigInteger number(@Nullable String base64) {
    try {
      return base64 == null || base64.isEmpty()
          ? null
          : new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
