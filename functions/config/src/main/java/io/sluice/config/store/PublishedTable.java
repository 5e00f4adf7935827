package io.sluice.config.store;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.DynamoDbTable;
import io.sluice.config.Deployment;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.config.snapshot.FreshSnapshot;
import io.sluice.core.log.JsonLog;
import java.time.Clock;
import java.util.Map;

/** Opens the routing table as functions on the request path read it: published, never judged. */
public final class PublishedTable {

  private static final String STATE_TABLE = "SLUICE_STATE_TABLE";

  private PublishedTable() {}

  /**
   * The routing table of the snapshots in the DynamoDB table that {@code SLUICE_STATE_TABLE} names.
   * The newest one is being read when this returns, so that it arrives while the rest starts.
   *
   * @throws IllegalArgumentException if the variable is missing; the message names it
   */
  public static SnapshotRoutingTable open(
      Map<String, String> environment,
      AwsEnvironment aws,
      Deployment deployment,
      JsonLog log,
      Clock clock) {
    String name = environment.getOrDefault(STATE_TABLE, "");
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "The environment variable " + STATE_TABLE + " is missing: it names the table `state`");
    }
    StateSnapshots stored = new StateSnapshots(new DynamoDbTable(aws, name));
    FreshSnapshot snapshots =
        new FreshSnapshot(
            stored, clock, Thread::startVirtualThread, FreshSnapshot.Patience.DEFAULT, log);
    snapshots.prefetch();
    return new SnapshotRoutingTable(snapshots, stored, deployment, clock);
  }
}
