package io.sluice.local;

import io.sluice.config.Deployment;
import io.sluice.config.judge.Judge;
import io.sluice.config.judge.RowSchemas;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.config.snapshot.FreshSnapshot;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.Snapshots;
import io.sluice.config.store.DynamoDb;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.config.store.JudgedRows;
import io.sluice.config.store.WatchedRowFile;
import io.sluice.core.log.JsonLog;
import io.sluice.prompts.PromptRegistry;
import io.sluice.prompts.PromptRowCheck;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Opens the store of rows that the flags name. */
final class RowStore {

  /** The table's name, as the stack names it. */
  private static final String TABLE = "routes";

  private RowStore() {}

  static Snapshots open(Settings settings, Deployment deployment, Clock clock, JsonLog log)
      throws StartupException {
    if (settings.config() != null) {
      return file(settings.config(), deployment, log);
    }
    if (settings.dynamoDb() != null) {
      return table(settings.dynamoDb(), deployment, clock, log);
    }
    Optional<CurrentSnapshot> empty = Optional.of(new CurrentSnapshot(Snapshot.EMPTY, false));
    return () -> empty;
  }

  private static Snapshots file(Path file, Deployment deployment, JsonLog log)
      throws StartupException {
    try {
      return WatchedRowFile.open(file, judge(deployment), log).watch();
    } catch (IOException e) {
      throw new StartupException(
          "--config", "%s can't be read: %s".formatted(file, DataDirectory.reason(e)));
    }
  }

  private static Snapshots table(String url, Deployment deployment, Clock clock, JsonLog log)
      throws StartupException {
    URI endpoint;
    try {
      endpoint = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new StartupException("--dynamodb", "'%s' is no URL".formatted(url));
    }
    if (endpoint.getHost() == null) {
      throw new StartupException("--dynamodb", "'%s' is no http or https URL".formatted(url));
    }
    JudgedRows rows =
        new JudgedRows(new DynamoDbRows(DynamoDb.client(endpoint), TABLE), judge(deployment), log);
    FreshSnapshot snapshots =
        new FreshSnapshot(
            rows, clock, Thread::startVirtualThread, FreshSnapshot.Patience.DEFAULT, log);
    snapshots.prefetch();
    return snapshots;
  }

  private static Judge judge(Deployment deployment) {
    return new Judge(new RowSchemas(), deployment, new PromptRowCheck(new PromptRegistry()));
  }
}
