package io.sluice.config.snapshot;

import java.io.IOException;
import java.util.Optional;

/** Where snapshots are read by number. Thread-safe; blocks. */
@FunctionalInterface
public interface SnapshotHistory {

  /** No history: only what was live in this process's time is known. */
  SnapshotHistory NONE = number -> Optional.empty();

  /**
   * The snapshot of that number; empty where it isn't kept any more.
   *
   * @throws IOException if it can't be read
   */
  Optional<Snapshot> read(long number) throws IOException;
}
