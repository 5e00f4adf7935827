package io.sluice.bench;

import io.sluice.config.row.RowBatch;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.config.store.YamlRows;
import io.sluice.core.json.JsonObject;
import java.util.Base64;
import java.util.Map;

/** Rows as the publisher writes them into the table {@code state}. */
final class PublishedRows {

  private PublishedRows() {}

  /** The item {@code live} for these rows, in DynamoDB's JSON. */
  static JsonObject live(long number, String yaml) {
    RowBatch rows = YamlRows.parse(yaml);
    if (!rows.unreadable().isEmpty()) {
      throw new IllegalStateException("rows can't be read: " + rows.unreadable());
    }
    Snapshot snapshot = Snapshot.of(number, rows.rows());
    String content = Base64.getEncoder().encodeToString(SnapshotCodec.encode(snapshot));
    return JsonObject.of(
        Map.of(
            "id", Map.of("S", "live"),
            "number", Map.of("N", Long.toString(number)),
            "format", Map.of("N", Integer.toString(Snapshot.FORMAT)),
            "sha256", Map.of("S", snapshot.sha256()),
            "content", Map.of("B", content)));
  }
}
