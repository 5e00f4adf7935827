package io.sluice.config.routing;

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
import io.sluice.config.snapshot.Snapshots;
import io.sluice.core.identity.Caller;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routing table of the newest snapshot; also gives its rows to backends and to the prompt
 * registry, the former by the snapshot that a call was routed with. Thread-safe.
 */
public final class SnapshotRoutingTable implements RoutingTable, ModelRows {

  private static final Refused NO_SNAPSHOT =
      new Refused(
          Reason.NO_SNAPSHOT,
          "the routing table cannot be read, and no copy of it is young enough to be used");

  private final Snapshots snapshots;
  private final Deployment deployment;
  private final InstantSource clock;
  private final RecentSnapshots recent = new RecentSnapshots();

  /**
   * A table.
   *
   * @param snapshots gives each request its snapshot
   * @param deployment what the deployment fixes
   * @param clock says which day it is, for the end of content logging
   */
  public SnapshotRoutingTable(Snapshots snapshots, Deployment deployment, InstantSource clock) {
    this.snapshots = snapshots;
    this.deployment = deployment;
    this.clock = clock;
  }

  @Override
  public Resolution resolve(String feature, Caller caller, @Nullable RequestedModel requested) {
    return resolver()
        .map(resolver -> resolver.resolve(feature, caller, requested))
        .orElse(NO_SNAPSHOT);
  }

  @Override
  public Resolution resolveExactly(String feature, Caller caller, RequestedModel requested) {
    return resolver()
        .map(resolver -> resolver.resolveExactly(feature, caller, requested))
        .orElse(NO_SNAPSHOT);
  }

  @Override
  public boolean ready() {
    return current().isPresent();
  }

  @Override
  public Optional<ModelRow> find(String name, long snapshot) {
    Optional<Snapshot> known =
        recent.find(snapshot).or(() -> current().map(CurrentSnapshot::snapshot));
    return known.flatMap(found -> new Models(found, deployment).find(name));
  }

  /** The prompt overrides of the newest snapshot. */
  public PromptRows prompts() {
    return name -> current().map(now -> now.snapshot().rows().prompts().get(name));
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
