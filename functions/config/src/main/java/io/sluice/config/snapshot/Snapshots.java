package io.sluice.config.snapshot;

import java.util.Optional;

/** Gives each request the snapshot to decide with. Thread-safe. */
@FunctionalInterface
public interface Snapshots {

  /** The snapshot; empty while none was ever read, or the last one is too old to be believed. */
  Optional<CurrentSnapshot> current();

  /** Why {@link #current} is empty, for the log and the caller; empty where that isn't known. */
  default String problem() {
    return "";
  }

  /** Always this one, such as {@link Snapshot#EMPTY} where there is no table. */
  static Snapshots fixed(Snapshot snapshot) {
    Optional<CurrentSnapshot> current = Optional.of(new CurrentSnapshot(snapshot, false));
    return () -> current;
  }
}
