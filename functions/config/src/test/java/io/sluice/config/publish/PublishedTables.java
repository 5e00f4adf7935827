package io.sluice.config.publish;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.DynamoDbTable;
import io.sluice.config.Tables;
import io.sluice.config.judge.Judge;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.DynamoDbItems;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.config.store.RowItem;
import io.sluice.config.store.StateSnapshots;
import io.sluice.config.store.YamlRows;
import io.sluice.core.log.JsonLog;
import io.sluice.testing.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A pair of tables in DynamoDB Local, with what edits, publishes and reads them. */
final class PublishedTables {

  /** A loaded machine must not decide a test. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final LocalDynamoDb database;
  final DynamoDbRows rows;
  final StateTable state;
  final StateSnapshots snapshots;
  final JsonLog log;
  final InstantSource clock;

  PublishedTables(LocalDynamoDb database, String name, JsonLog log, InstantSource clock) {
    this.database = database;
    this.rows = new DynamoDbRows(database.client(), database.routes(name + "-routes"));
    this.state = new StateTable(database.client(), database.state(name + "-state"));
    this.snapshots =
        new StateSnapshots(
            new DynamoDbTable(AwsEnvironment.of(database.environment()), state.name()), PATIENCE);
    this.log = log;
    this.clock = clock;
  }

  Publication publication() {
    return publication(Tables.judge(Tables.deployment(null)));
  }

  Publication publication(Judge judge) {
    return new Publication(rows, state, judge, log, clock);
  }

  Published publish() throws IOException {
    return publication().publish();
  }

  /** Writes rows as an administrator would, without the publisher's attributes. */
  void put(String yaml) {
    for (RowDocument row : YamlRows.parse(yaml).rows()) {
      Map<String, AttributeValue> item = DynamoDbItems.item(row.fields());
      database.client().putItem(request -> request.tableName(rows.table()).item(item));
    }
  }

  void delete(String kind, String name) {
    database
        .client()
        .deleteItem(
            request ->
                request
                    .tableName(rows.table())
                    .key(
                        Map.of(
                            "kind", AttributeValue.fromS(kind),
                            "name", AttributeValue.fromS(name))));
  }

  /** What the request path reads. */
  Snapshot live() throws IOException {
    return snapshots.read();
  }

  RowItem row(String kind, String name) throws IOException {
    RowKey key = new RowKey(kind, name);
    return rows.content().items().stream()
        .filter(item -> item.document().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  String status(String kind, String name) throws IOException {
    return row(kind, name).written("status");
  }

  List<Long> history() throws IOException {
    return state.history().stream()
        .map(
            item -> {
              try {
                return item.number();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }
}
