package io.sluice.authorizer;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.AwsException;
import io.sluice.aws.KmsKey;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.core.time.Deadline;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The public halves of the KMS keys that user tokens are signed with, asked for when the first user
 * token comes, each until it is known: it never changes. Thread-safe.
 */
final class KmsVerificationKeys implements KeySource {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Between attempts for a key that KMS doesn't give. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final AwsEnvironment aws;
  private final List<String> arns;
  private final JsonLog log;
  private final Clock clock;
  private final Map<String, VerificationKey> known = new LinkedHashMap<>();
  private Instant nextAttempt = Instant.EPOCH;
  private volatile KeySet keys = KeySet.EMPTY;

  /**
   * @param arns the keys' ARNs
   */
  KmsVerificationKeys(AwsEnvironment aws, List<String> arns, JsonLog log, Clock clock) {
    this.aws = aws;
    this.arns = List.copyOf(arns);
    this.log = log;
    this.clock = clock;
  }

  @Override
  public KeySet current() {
    return keys.keys().size() == arns.size() ? keys : load();
  }

  @Override
  public KeySet renewed() {
    return current();
  }

  /** Most cold starts see no user token. */
  @Override
  public void prefetch() {}

  private synchronized KeySet load() {
    if (known.size() == arns.size() || clock.instant().isBefore(nextAttempt)) {
      return keys;
    }
    for (String arn : arns) {
      if (!known.containsKey(arn)) {
        ask(arn);
      }
    }
    if (known.size() < arns.size()) {
      nextAttempt = clock.instant().plus(PAUSE);
    }
    keys = new KeySet(new ArrayList<>(known.values()));
    return keys;
  }

  private void ask(String arn) {
    try (KmsKey key = new KmsKey(aws, arn)) {
      RSAPublicKey half = key.publicKey(Deadline.after(PATIENCE));
      if (KeySet.acceptable(half)) {
        known.put(arn, new VerificationKey(Issuer.USER_TOKENS_KEY_ID, half));
      } else {
        unknown("key " + arn + " must be RSA of 2048 to 8192 bits");
      }
    } catch (AwsException e) {
      unknown(String.valueOf(e.getMessage()));
    }
  }

  private void unknown(String problem) {
    log.line(
        JsonLog.Level.ERROR,
        "auth.keys",
        "a key of user tokens is not known; user tokens that it signed are refused",
        JsonObject.builder().put("error_detail", problem).build());
  }
}
