package io.sluice.config.snapshot;

import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A numbered picture of the routing table. Immutable.
 *
 * @param number counts up with each change; 0 for the empty table that no store has published
 * @param sha256 the digest of the canonical JSON of its rows, in lower-case hex
 * @param documents the rows, by key
 * @param rows the same, typed
 */
public record Snapshot(
    long number, String sha256, Map<RowKey, RowDocument> documents, LiveRows rows) {

  /** The version of the wire form that this code writes, and the newest that it reads. */
  public static final int FORMAT = 1;

  /** The table without rows. */
  public static final Snapshot EMPTY = of(0, List.of());

  public Snapshot {
    documents = Map.copyOf(documents);
  }

  /**
   * The snapshot of these rows.
   *
   * @throws IllegalArgumentException if a row has no typed form
   */
  public static Snapshot of(long number, Collection<RowDocument> documents) {
    Map<RowKey, RowDocument> byKey = new TreeMap<>();
    documents.forEach(document -> byKey.put(document.key(), document.effective()));
    return new Snapshot(
        number, CanonicalRows.sha256(byKey.values()), byKey, LiveRows.of(byKey.values()));
  }
}
