package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** Whether logs are kept for a time, and encrypted. Immutable. */
final class LogsCheck implements Check {

  private final DeployedStack stack;
  private final CloudWatchLogsClient client;

  LogsCheck(DeployedStack stack, CloudWatchLogsClient client) {
    this.stack = stack;
    this.client = client;
  }

  @Override
  public String title() {
    return "Logs";
  }

  @Override
  public void examine(Ledger ledger) {
    for (StackResource group : stack.of("AWS::Logs::LogGroup")) {
      Attempt.of(ledger, group.physical(), () -> group(group.physical(), ledger));
    }
  }

  private void group(String name, Ledger ledger) {
    List<LogGroup> found =
        client.describeLogGroups(request -> request.logGroupNamePrefix(name)).logGroups().stream()
            .filter(group -> group.logGroupName().equals(name))
            .toList();
    if (found.isEmpty()) {
      ledger.finding(Diagnosis.LOG_BROKEN, name + " is missing");
    } else if (found.getFirst().retentionInDays() == null) {
      ledger.finding(Diagnosis.LOG_BROKEN, name + " keeps its content for ever");
    } else if (found.getFirst().kmsKeyId() == null) {
      ledger.finding(Diagnosis.LOG_BROKEN, name + " is not encrypted with the stack's key");
    } else {
      ledger.healthy("%s: %d days".formatted(name, found.getFirst().retentionInDays()));
    }
  }
}
