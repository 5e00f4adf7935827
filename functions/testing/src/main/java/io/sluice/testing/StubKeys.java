package io.sluice.testing;

import io.sluice.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** KMS's RSA signing keys by ARN. Thread-safe. */
public final class StubKeys {

  private static final String ALGORITHM = "RSASSA_PKCS1_V1_5_SHA_256";

  /** What PKCS #1 puts before a SHA-256 digest (RFC 8017, 9.2). */
  private static final byte[] DIGEST_PREFIX =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private final Map<String, TestKey> keys = new ConcurrentHashMap<>();

  /** Has a key under that ARN. */
  public void put(String arn, TestKey key) {
    keys.put(arn, key);
  }

  /** Answers GetPublicKey. */
  public JsonObject publicKey(JsonObject request) throws AwsRefusal {
    String arn = request.text("KeyId", "");
    return JsonObject.builder()
        .put("KeyId", arn)
        .put("PublicKey", Base64.getEncoder().encodeToString(key(arn).publicKey().getEncoded()))
        .put("KeySpec", "RSA_" + key(arn).publicKey().getModulus().bitLength())
        .put("CustomerMasterKeySpec", "RSA_" + key(arn).publicKey().getModulus().bitLength())
        .put("KeyUsage", "SIGN_VERIFY")
        .put("SigningAlgorithms", List.of(ALGORITHM))
        .build();
  }

  /** Answers Sign. */
  public JsonObject sign(JsonObject request) throws AwsRefusal {
    String arn = request.text("KeyId", "");
    byte[] message = Base64.getDecoder().decode(request.text("Message", ""));
    boolean digest = request.text("MessageType", "RAW").equals("DIGEST");
    if (!request.text("SigningAlgorithm", "").equals(ALGORITHM)) {
      throw new AwsRefusal("ValidationException", "SigningAlgorithm is not " + ALGORITHM);
    }
    if (digest ? message.length != 32 : message.length < 1 || message.length > 4096) {
      throw new AwsRefusal("ValidationException", "Message is not as long as MessageType wants");
    }
    try {
      Signature signature = Signature.getInstance(digest ? "NONEwithRSA" : "SHA256withRSA");
      signature.initSign(key(arn).pair().getPrivate());
      if (digest) {
        signature.update(DIGEST_PREFIX);
      }
      signature.update(message);
      return JsonObject.builder()
          .put("KeyId", arn)
          .put("Signature", Base64.getEncoder().encodeToString(signature.sign()))
          .put("SigningAlgorithm", ALGORITHM)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with RSA", e);
    }
  }

  private TestKey key(String arn) throws AwsRefusal {
    TestKey key = keys.get(arn);
    if (key == null) {
      throw new AwsRefusal("NotFoundException", "Key '" + arn + "' does not exist");
    }
    return key;
  }
}
