package io.sluice.config.snapshot;

/**
 * A snapshot to decide with.
 *
 * @param snapshot the snapshot
 * @param stale whether it is older than it should be
 */
public record CurrentSnapshot(Snapshot snapshot, boolean stale) {}
