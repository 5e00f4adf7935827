package io.sluice.config.snapshot;

import java.io.IOException;

/** Where snapshots are read. Thread-safe; blocks. */
@FunctionalInterface
public interface SnapshotSource {

  /**
   * The newest snapshot.
   *
   * @throws UnknownFormatException if it is written in a newer format than this code reads
   * @throws IOException if it can't be read
   */
  Snapshot read() throws IOException;
}
