package io.sluice.config.routing;

import io.sluice.config.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last few snapshots, so that a call finds its target's row as it stood when the call was
 * routed. Thread-safe.
 */
final class RecentSnapshots {

  private static final int KEPT = 16;

  private volatile List<Snapshot> newestFirst = List.of();

  void remember(Snapshot snapshot) {
    List<Snapshot> known = newestFirst;
    if (known.isEmpty() || known.getFirst().number() != snapshot.number()) {
      add(snapshot);
    }
  }

  Optional<Snapshot> find(long number) {
    return newestFirst.stream().filter(snapshot -> snapshot.number() == number).findFirst();
  }

  private synchronized void add(Snapshot snapshot) {
    List<Snapshot> after = new ArrayList<>(KEPT);
    after.add(snapshot);
    newestFirst.stream()
        .filter(other -> other.number() != snapshot.number())
        .limit(KEPT - 1L)
        .forEach(after::add);
    newestFirst = List.copyOf(after);
  }
}
