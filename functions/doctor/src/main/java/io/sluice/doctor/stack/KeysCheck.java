package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/** Whether the KMS keys can be used. Immutable. */
final class KeysCheck implements Check {

  private final DeployedStack stack;
  private final KmsClient client;

  KeysCheck(DeployedStack stack, KmsClient client) {
    this.stack = stack;
    this.client = client;
  }

  @Override
  public String title() {
    return "KMS keys";
  }

  @Override
  public void examine(Ledger ledger) {
    Stream.of("KeyArn", "SigningKeyArn")
        .filter(output -> !stack.output(output).isEmpty())
        .forEach(
            output -> Attempt.of(ledger, output, () -> key(output, stack.output(output), ledger)));
  }

  private void key(String output, String arn, Ledger ledger) {
    KeyMetadata key = client.describeKey(request -> request.keyId(arn)).keyMetadata();
    String seen = "%s %s is %s".formatted(output, key.keyId(), key.keyStateAsString());
    if (key.keyState() == KeyState.ENABLED) {
      ledger.healthy(seen);
    } else {
      ledger.finding(Diagnosis.KEY_BROKEN, seen);
    }
  }
}
