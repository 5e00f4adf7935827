package io.sluice.usertoken;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.KmsKey;
import io.sluice.core.time.Deadline;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of the deployed user-token function, from environment variables.
 *
 * @param signingKey {@code SLUICE_SIGNING_KEY}: the ARN of the KMS key that tokens are signed with,
 *     an RSA key for signing
 */
record UserTokenSettings(String signingKey) {

  private static final String SIGNING_KEY = "SLUICE_SIGNING_KEY";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is missing; the message names it
   */
  static UserTokenSettings of(Map<String, String> environment) {
    String key = environment.getOrDefault(SIGNING_KEY, "");
    if (key.isBlank()) {
      throw new IllegalArgumentException(
          "The environment variable "
              + SIGNING_KEY
              + " is missing: it is the ARN of the KMS key that user tokens are signed with");
    }
    return new UserTokenSettings(key);
  }

  /** Signs with the key, which never leaves KMS. */
  TokenSigner signer(AwsEnvironment aws) {
    KmsKey key = new KmsKey(aws, signingKey);
    return input -> key.sign(input, Deadline.after(PATIENCE));
  }
}
