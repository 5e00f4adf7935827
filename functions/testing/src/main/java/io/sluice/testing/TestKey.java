package io.sluice.testing;

import io.sluice.core.json.JsonObject;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** An RSA key of a test, as a JWKS publishes it. Immutable. */
public record TestKey(String kid, KeyPair pair) {

  /** A new key of 2,048 bits, as GitLab uses (client 2.2). */
  public static TestKey create(String kid) {
    return create(kid, 2048);
  }

  /** A new key of that many bits. */
  public static TestKey create(String kid, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new TestKey(kid, generator.generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /** The same key under another id. */
  public TestKey withKid(String other) {
    return new TestKey(other, pair);
  }

  public RSAPublicKey publicKey() {
    return (RSAPublicKey) pair.getPublic();
  }

  /** The public half as a member of a JWKS, in the form that GitLab gives it (client 2.3). */
  public JsonObject jwk() {
    return JsonObject.builder()
        .put("kty", "RSA")
        .put("kid", kid)
        .put("e", number(publicKey().getPublicExponent()))
        .put("n", number(publicKey().getModulus()))
        .put("use", "sig")
        .put("alg", "RS256")
        .build();
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }
}
