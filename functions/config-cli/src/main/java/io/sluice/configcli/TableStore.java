package io.sluice.configcli;

import io.sluice.config.publish.SnapshotItem;
import io.sluice.config.publish.StateTable;
import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.config.store.RowEdits;
import io.sluice.config.store.RowItem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Rows and snapshots in a stack's tables. Not thread-safe: it remembers the rows that it read. */
final class TableStore implements Store {

  private final DynamoDbClient client;
  private final DynamoDbRows rows;
  private final StateTable state;
  private final Map<RowKey, RowItem> read = new HashMap<>();

  TableStore(DynamoDbClient client, String routesTable, String stateTable) {
    this.client = client;
    this.rows = new DynamoDbRows(client, routesTable);
    this.state = new StateTable(client, stateTable);
  }

  @Override
  public String name() {
    return "table " + rows.table();
  }

  @Override
  public RowBatch rows() throws IOException {
    DynamoDbRows.Content content = rows.content();
    read.clear();
    content.items().forEach(row -> read.put(row.document().key(), row));
    return content.batch();
  }

  /** The rows with what the publisher wrote to them. */
  List<RowItem> items() throws IOException {
    return rows.content().items();
  }

  /** The table itself. */
  DynamoDbRows table() {
    return rows;
  }

  @Override
  public Snapshot newest() throws IOException {
    Optional<SnapshotItem> live = state.live();
    return live.isEmpty() ? Snapshot.EMPTY : state.latest(live.get());
  }

  @Override
  public Snapshot live() throws IOException {
    Optional<SnapshotItem> live = state.live();
    return live.isEmpty() ? Snapshot.EMPTY : state.load(live.get());
  }

  @Override
  public Optional<StateTable> state() {
    return Optional.of(state);
  }

  @Override
  public boolean put(RowDocument row) throws IOException {
    return new RowEdits(rows).put(row, read.get(row.key()));
  }

  @Override
  public boolean delete(RowKey row) throws IOException {
    @Nullable RowItem former = read.get(row);
    return former == null || new RowEdits(rows).delete(former);
  }

  @Override
  public void enable(RowKey row, boolean enabled) throws IOException {
    new RowEdits(rows).enable(row, enabled);
  }

  @Override
  public void close() {
    client.close();
  }
}
