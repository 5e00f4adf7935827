package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Whether the tables are there, and protected as the template has it. Immutable. */
final class TablesCheck implements Check {

  private final DeployedStack stack;
  private final DynamoDbClient client;

  TablesCheck(DeployedStack stack, DynamoDbClient client) {
    this.stack = stack;
    this.client = client;
  }

  @Override
  public String title() {
    return "Tables";
  }

  @Override
  public void examine(Ledger ledger) {
    for (StackResource resource : stack.of("AWS::DynamoDB::Table")) {
      Attempt.of(ledger, resource.physical(), () -> table(resource, ledger));
    }
  }

  private void table(StackResource resource, Ledger ledger) {
    String name = resource.physical();
    TableDescription table;
    try {
      table = client.describeTable(request -> request.tableName(name)).table();
    } catch (ResourceNotFoundException e) {
      ledger.finding(Diagnosis.TABLE_BROKEN, name + " is missing");
      return;
    }
    if (table.tableStatus() != TableStatus.ACTIVE) {
      ledger.finding(Diagnosis.TABLE_BROKEN, name + " is " + table.tableStatusAsString());
      return;
    }
    List<String> missing = missing(resource, table);
    if (missing.isEmpty()) {
      ledger.healthy(name + " is active and protected");
    } else {
      ledger.finding(Diagnosis.TABLE_UNPROTECTED, name + " lacks " + String.join(", ", missing));
    }
  }

  private List<String> missing(StackResource resource, TableDescription table) {
    List<String> missing = new ArrayList<>();
    if (table.sseDescription() == null || table.sseDescription().status() != SSEStatus.ENABLED) {
      missing.add("encryption with a KMS key");
    }
    if (!Boolean.TRUE.equals(table.deletionProtectionEnabled())
        && !stack.parameter("DeletionProtection").equals("false")) {
      missing.add("deletion protection");
    }
    boolean stream =
        table.streamSpecification() != null && table.streamSpecification().streamEnabled();
    if (resource.logical().equals("Routes") && !stream) {
      missing.add("the stream that the publisher reads");
    }
    var backups =
        client
            .describeContinuousBackups(request -> request.tableName(resource.physical()))
            .continuousBackupsDescription();
    boolean pointInTime =
        backups.continuousBackupsStatus() == ContinuousBackupsStatus.ENABLED
            && backups.pointInTimeRecoveryDescription() != null
            && backups.pointInTimeRecoveryDescription().pointInTimeRecoveryStatus()
                == PointInTimeRecoveryStatus.ENABLED;
    if (!pointInTime) {
      missing.add("point-in-time recovery");
    }
    return missing;
  }
}
