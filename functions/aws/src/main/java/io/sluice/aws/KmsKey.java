package io.sluice.aws;

import io.sluice.core.json.JsonObject;
import io.sluice.core.time.Deadline;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** An RSA key pair in KMS that signs. Thread-safe; blocks. */
public final class KmsKey implements AutoCloseable {

  private final JsonCalls calls;
  private final String arn;
  private final AwsOperation sign;
  private final AwsOperation getPublicKey;

  /**
   * The key of that ARN; nothing is called yet.
   *
   * @throws IllegalArgumentException if the endpoint that the environment names is no usable URL
   */
  public KmsKey(AwsEnvironment environment, String arn) {
    this.calls = new JsonCalls(environment, AwsApi.KMS, "1.1", "TrentService");
    this.arn = arn;
    this.sign = new AwsOperation(AwsApi.KMS, "kms:Sign", "key " + arn);
    this.getPublicKey = new AwsOperation(AwsApi.KMS, "kms:GetPublicKey", "key " + arn);
  }

  /** The key's ARN. */
  public String arn() {
    return arn;
  }

  /**
   * The RS256 signature (RSASSA-PKCS1-v1_5 with SHA-256) of that message. Only its digest is sent.
   *
   * @param deadline until when; throttling and failures that pass are tried again until then
   * @throws AwsException if it can't be signed
   */
  public byte[] sign(byte[] message, Deadline deadline) throws AwsException {
    JsonObject input =
        JsonObject.builder()
            .put("KeyId", arn)
            .put("Message", Base64.getEncoder().encodeToString(RequestSignature.sha256(message)))
            .put("MessageType", "DIGEST")
            .put("SigningAlgorithm", "RSASSA_PKCS1_V1_5_SHA_256")
            .build();
    return decoded(sign, calls.call(sign, "Sign", input, deadline).text("Signature"));
  }

  /**
   * The public half.
   *
   * @param deadline until when; throttling and failures that pass are tried again until then
   * @throws AwsException if it can't be read, or the key is no RSA key
   */
  public RSAPublicKey publicKey(Deadline deadline) throws AwsException {
    JsonObject input = JsonObject.builder().put("KeyId", arn).build();
    JsonObject answer = calls.call(getPublicKey, "GetPublicKey", input, deadline);
    try {
      X509EncodedKeySpec encoded =
          new X509EncodedKeySpec(decoded(getPublicKey, answer.text("PublicKey")));
      return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(encoded);
    } catch (GeneralSecurityException e) {
      throw ErrorAnswers.protocol(getPublicKey, "the key is no RSA key for signing", e);
    }
  }

  private static byte[] decoded(AwsOperation operation, @Nullable String base64)
      throws AwsException {
    if (base64 != null) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw ErrorAnswers.protocol(operation, "the answer is not base64", e);
      }
    }
    throw ErrorAnswers.protocol(operation, "the answer lacks a member", null);
  }

  @Override
  public void close() {
    calls.close();
  }
}
