package io.sluice.config.store;

import io.sluice.config.judge.Judge;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.Snapshots;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Snapshots of a YAML file that is watched for changes. The content is compared at each look, so it
 * does not matter how an editor replaces the file. While the file is missing or broken the last
 * good rows answer, and the log says what is wrong. Thread-safe.
 */
public final class WatchedRowFile implements Snapshots, AutoCloseable {

  /** How often the file is looked at. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private final RowFile file;
  private final JudgedRows rows;
  private final JsonLog log;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Optional<CurrentSnapshot> current = Optional.empty();
  private byte[] content;
  private boolean missing;

  private WatchedRowFile(RowFile file, Judge judge, JsonLog log) throws IOException {
    this.file = file;
    this.log = log;
    this.content = file.bytes();
    this.rows = new JudgedRows(() -> RowFile.rows(content), judge, log);
    publish(rows.read());
  }

  /**
   * Reads the file, without watching it.
   *
   * @throws IOException if the file can't be read; rows that are wrong are no reason
   */
  public static WatchedRowFile open(Path path, Judge judge, JsonLog log) throws IOException {
    return new WatchedRowFile(new RowFile(path), judge, log);
  }

  /** Watches the file on a virtual thread until {@link #close}. */
  public WatchedRowFile watch() {
    Thread.ofVirtual().name("row-file").start(this::loop);
    return this;
  }

  @Override
  public Optional<CurrentSnapshot> current() {
    return current;
  }

  @Override
  public void close() {
    closed.set(true);
  }

  /** Looks at the file once. */
  synchronized void look() {
    try {
      byte[] now = file.bytes();
      missing = false;
      if (!Arrays.equals(now, content)) {
        content = now;
        publish(rows.read());
      }
    } catch (IOException e) {
      if (!missing) {
        log.line(
            JsonLog.Level.WARNING,
            "routing.rows",
            "the file of the routing table cannot be read; its last rows stay live",
            JsonObject.builder().put("error", e.getClass().getSimpleName()).build());
      }
      missing = true;
    }
  }

  private void publish(Snapshot snapshot) {
    current = Optional.of(new CurrentSnapshot(snapshot, false));
  }

  private void loop() {
    while (!closed.get()) {
      try {
        Thread.sleep(INTERVAL);
      } catch (InterruptedException e) {
        return;
      }
      look();
    }
  }
}
