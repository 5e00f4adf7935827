package io.sluice.config;

import java.util.Optional;

/** Model rows by name, for the backends that call them. Thread-safe. */
@FunctionalInterface
public interface ModelRows {

  /**
   * The row as it stood in that snapshot, or as it stands now where the snapshot is no longer
   * known.
   */
  Optional<ModelRow> find(String name, long snapshot);

  /** Why no row can be read, for the log and the caller; empty where nothing is wrong. */
  default String problem() {
    return "";
  }
}
