package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whether the rows are live, and the publisher is at work. Immutable. */
final class RowsCheck implements Check {

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(20);
  private static final int MOST_TOLD = 5;

  private final DeployedStack stack;
  private final Rows rows;
  private final DynamoDbClient client;
  private final Clock clock;

  RowsCheck(DeployedStack stack, Rows rows, DynamoDbClient client, Clock clock) {
    this.stack = stack;
    this.rows = rows;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public String title() {
    return "Routing table";
  }

  @Override
  public void examine(Ledger ledger) {
    Attempt.of(ledger, "the rows", () -> statuses(ledger));
    Attempt.of(ledger, "the live snapshot", () -> live(ledger));
    for (String gitLab : stack.gitLabUrls()) {
      Attempt.of(ledger, "the keys of " + gitLab, () -> keys(gitLab, ledger));
    }
  }

  private void statuses(Ledger ledger) {
    List<Map<String, AttributeValue>> all = rows.all();
    List<String> bad =
        all.stream()
            .filter(row -> !Rows.text(row, "status").equals("live"))
            .filter(row -> !Rows.text(row, "status").endsWith("once unpinned: live"))
            .map(
                row ->
                    "%s/%s: %s"
                        .formatted(
                            Rows.text(row, "kind"),
                            Rows.text(row, "name"),
                            Rows.text(row, "status").isEmpty()
                                ? "not judged yet"
                                : Rows.text(row, "status")))
            .toList();
    if (bad.isEmpty()) {
      ledger.healthy(all.size() + " rows, all live as written");
    } else {
      ledger.finding(
          Diagnosis.ROWS_NOT_LIVE,
          "%d of %d: %s"
              .formatted(
                  bad.size(),
                  all.size(),
                  String.join("; ", bad.subList(0, Math.min(bad.size(), MOST_TOLD)))));
    }
  }

  private void live(Ledger ledger) {
    Map<String, AttributeValue> live = item("live");
    if (live.isEmpty()) {
      ledger.healthy("no snapshot yet: the default model answers");
      return;
    }
    AttributeValue number = live.get("number");
    String which = "snapshot " + (number == null ? "?" : number.n());
    AttributeValue pinned = live.get("pinned");
    if (pinned != null && Boolean.TRUE.equals(pinned.bool())) {
      ledger.finding(Diagnosis.PINNED, which);
    } else {
      ledger.healthy(which + " is live");
    }
  }

  private void keys(String gitLab, Ledger ledger) {
    String fetched = Rows.text(item("keys/" + gitLab), "fetched_at");
    try {
      Duration age = Duration.between(Instant.parse(fetched), clock.instant());
      if (age.compareTo(LONGEST_SILENCE) > 0) {
        ledger.finding(Diagnosis.PUBLISHER_SILENT, "%s: %s".formatted(gitLab, fetched));
      } else {
        ledger.healthy("keys of %s fetched at %s".formatted(gitLab, fetched));
      }
    } catch (DateTimeException e) {
      ledger.finding(Diagnosis.PUBLISHER_SILENT, gitLab + ": never");
    }
  }

  private Map<String, AttributeValue> item(String id) {
    return client
        .getItem(
            request ->
                request
                    .tableName(stack.output("StateTable"))
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .projectionExpression("#n, pinned, fetched_at")
                    .expressionAttributeNames(Map.of("#n", "number")))
        .item();
  }
}
