package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Whether the secrets that rows name exist; no value is read. Immutable. */
final class SecretsCheck implements Check {

  private final DeployedStack stack;
  private final Rows rows;
  private final SecretsManagerClient client;

  SecretsCheck(DeployedStack stack, Rows rows, SecretsManagerClient client) {
    this.stack = stack;
    this.rows = rows;
    this.client = client;
  }

  @Override
  public String title() {
    return "Secrets";
  }

  @Override
  public void examine(Ledger ledger) {
    Set<String> names = new TreeSet<>();
    names.add(stack.parameter("ModelSecret"));
    Attempt.of(
        ledger, "the rows", () -> rows.all().forEach(row -> names.add(Rows.text(row, "secret"))));
    names.remove("");
    for (String name : names) {
      String full = stack.name() + "/" + name;
      Attempt.of(ledger, full, () -> secret(full, ledger));
    }
    if (names.isEmpty()) {
      ledger.healthy("none is named");
    }
  }

  private void secret(String name, Ledger ledger) {
    try {
      var secret = client.describeSecret(request -> request.secretId(name));
      if (secret.deletedDate() == null) {
        ledger.healthy(name + " is there");
      } else {
        ledger.finding(
            Diagnosis.SECRET_MISSING, name + " will be deleted at " + secret.deletedDate());
      }
    } catch (ResourceNotFoundException e) {
      ledger.finding(Diagnosis.SECRET_MISSING, name);
    }
  }
}
