package io.sluice.configcli;

import io.sluice.config.publish.StateTable;
import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import java.io.IOException;
import java.util.Optional;

/** Where rows are: a file, or a pair of tables. Not thread-safe. */
interface Store extends AutoCloseable {

  /** The store for messages, such as {@code rows.yaml} or {@code table sluice-routes}. */
  String name();

  /** All rows as they are now. */
  RowBatch rows() throws IOException;

  /** What rows are judged against: the newest snapshot, or no rows where there are none. */
  Snapshot newest() throws IOException;

  /** What requests are answered with. */
  Snapshot live() throws IOException;

  /** Snapshots and pins; empty for a file. */
  Optional<StateTable> state();

  /**
   * Writes a row.
   *
   * @return whether it was done; {@code false} when somebody else changed it since {@link #rows}
   */
  boolean put(RowDocument row) throws IOException;

  /** Deletes a row; else like {@link #put}. */
  boolean delete(RowKey row) throws IOException;

  /** Sets the field {@code enabled} of a row, which may be broken or missing. */
  void enable(RowKey row, boolean enabled) throws IOException;

  @Override
  void close();
}
