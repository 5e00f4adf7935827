package io.sluice.authorizer;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Public keys as PEM ({@code BEGIN PUBLIC KEY}), as KMS and openssl give them. */
final class PublicKeyPem {

  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private PublicKeyPem() {}

  /**
   * The keys of that text, in its order.
   *
   * @throws IllegalArgumentException if it holds none, or one that is not RSA
   */
  static RSAPublicKey[] read(String pem) {
    List<RSAPublicKey> keys = new ArrayList<>();
    for (int begin = pem.indexOf(BEGIN); begin >= 0; begin = pem.indexOf(BEGIN, begin + 1)) {
      int from = begin + BEGIN.length();
      int to = pem.indexOf(END, from);
      if (to < 0) {
        throw new IllegalArgumentException("a public key has no " + END);
      }
      keys.add(key(pem.substring(from, to)));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no " + BEGIN);
    }
    return keys.toArray(RSAPublicKey[]::new);
  }

  private static RSAPublicKey key(String base64) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("a public key is not RSA in PEM", e);
    }
  }
}
