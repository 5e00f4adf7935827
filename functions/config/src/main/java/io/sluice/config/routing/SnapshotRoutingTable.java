package io.sluice.config.routing;

import io.sluice.config.Admission;
import io.sluice.config.Deployment;
import io.sluice.config.ModelRow;
import io.sluice.config.ModelRows;
import io.sluice.config.PromptRows;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Resolution.Reason;
import io.sluice.config.Resolution.Refused;
import io.sluice.config.RoutingTable;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotHistory;
import io.sluice.config.snapshot.Snapshots;
import io.sluice.core.identity.Caller;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routing table of the newest snapshot; also gives its rows to backends and to the prompt
 * registry, the former by the snapshot that a call was routed with. Thread-safe.
 */
public final class SnapshotRoutingTable implements RoutingTable, ModelRows {

  private static final String NO_SNAPSHOT =
      "the routing table cannot be read, and no copy of it is young enough to be used";

  private final Snapshots snapshots;
  private final SnapshotHistory history;
  private final Deployment deployment;
  private final InstantSource clock;
  private final RecentSnapshots recent = new RecentSnapshots();

  /** A table whose snapshots are known from the time on when they were live here. */
  public SnapshotRoutingTable(Snapshots snapshots, Deployment deployment, InstantSource clock) {
    this(snapshots, SnapshotHistory.NONE, deployment, clock);
  }

  /**
   * A table.
   *
   * @param snapshots gives each request its snapshot
   * @param history finds the snapshot that a call was routed with elsewhere
   * @param deployment what the deployment fixes
   * @param clock says which day it is, for the end of content logging
   */
  public SnapshotRoutingTable(
      Snapshots snapshots, SnapshotHistory history, Deployment deployment, InstantSource clock) {
    this.snapshots = snapshots;
    this.history = history;
    this.deployment = deployment;
    this.clock = clock;
  }

  @Override
  public Resolution resolve(String feature, Caller caller, @Nullable RequestedModel requested) {
    return resolver()
        .map(resolver -> resolver.resolve(feature, caller, requested))
        .orElseGet(this::noSnapshot);
  }

  @Override
  public Resolution resolveExactly(String feature, Caller caller, RequestedModel requested) {
    return resolver()
        .map(resolver -> resolver.resolveExactly(feature, caller, requested))
        .orElseGet(this::noSnapshot);
  }

  @Override
  public Admission admit(String feature, Caller caller) {
    return resolver().map(resolver -> resolver.admit(feature, caller)).orElseGet(this::noSnapshot);
  }

  @Override
  public boolean ready() {
    return current().isPresent();
  }

  /**
   * The row as it stood in that snapshot; where nobody knows that snapshot any more, as it stands
   * now.
   */
  @Override
  public Optional<ModelRow> find(String name, long snapshot) {
    Optional<Snapshot> known =
        snapshot == Snapshot.EMPTY.number() ? Optional.of(Snapshot.EMPTY) : recent.find(snapshot);
    if (known.isEmpty()) {
      Optional<Snapshot> now = current().map(CurrentSnapshot::snapshot);
      known = now.filter(live -> live.number() == snapshot).or(() -> past(snapshot)).or(() -> now);
    }
    return known.flatMap(found -> new Models(found, deployment).find(name));
  }

  @Override
  public String problem() {
    return snapshots.problem();
  }

  private Optional<Snapshot> past(long number) {
    try {
      Optional<Snapshot> past = history.read(number);
      past.ifPresent(recent::remember);
      return past;
    } catch (IOException e) {
      return Optional.empty(); // what keeps it from being read is in the log: so does the newest
    }
  }

  private Refused noSnapshot() {
    String problem = snapshots.problem();
    return new Refused(
        Reason.NO_SNAPSHOT, problem.isEmpty() ? NO_SNAPSHOT : NO_SNAPSHOT + ": " + problem);
  }

  /** The prompt overrides of the newest snapshot. */
  public PromptRows prompts() {
    return () -> current().map(now -> now.snapshot().rows().prompts()).orElse(Map.of());
  }

  private Optional<RouteResolver> resolver() {
    return current()
        .map(
            now ->
                new RouteResolver(
                    now, deployment, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
  }

  private Optional<CurrentSnapshot> current() {
    Optional<CurrentSnapshot> current = snapshots.current();
    current.ifPresent(now -> recent.remember(now.snapshot()));
    return current;
  }
}
