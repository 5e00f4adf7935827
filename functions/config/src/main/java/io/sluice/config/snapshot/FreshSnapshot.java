package io.sluice.config.snapshot;

import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a snapshot fresh without a background of its own, since a frozen sandbox has none (design,
 * "Freshness"). The age counts by wall clock from the last successful read: under 5 s the snapshot
 * is used; under 60 s it is used and read again beside the request; an older one is read again
 * first, within 200 ms, and used as stale only when that fails; after 24 h it is refused.
 * Thread-safe; at most one read at a time.
 */
public final class FreshSnapshot implements Snapshots {

  static final Duration FRESH = Duration.ofSeconds(5);
  static final Duration USABLE = Duration.ofMinutes(1);
  static final Duration BELIEVED = Duration.ofHours(24);

  /** A read that takes longer was lost with a frozen sandbox: another one may start. */
  static final Duration LOST = Duration.ofSeconds(10);

  private final SnapshotSource source;
  private final InstantSource clock;
  private final Executor executor;
  private final Patience patience;
  private final JsonLog log;
  private final Object lock = new Object();
  private volatile @Nullable Held held;
  private @Nullable Reading reading;
  private volatile String problem = "";

  /**
   * How long a request waits for a read.
   *
   * @param first while there is no snapshot at all
   * @param again while there is an old one
   */
  public record Patience(Duration first, Duration again) {
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(2), Duration.ofMillis(200));
  }

  private record Held(Snapshot snapshot, Instant readAt) {}

  private record Reading(Instant since, CompletableFuture<Held> result) {}

  /**
   * Reads nothing yet.
   *
   * @param source where snapshots are read
   * @param clock wall clock
   * @param executor runs the reads; one that starts a virtual thread for each
   * @param log says when reads fail
   */
  public FreshSnapshot(
      SnapshotSource source,
      InstantSource clock,
      Executor executor,
      Patience patience,
      JsonLog log) {
    this.source = source;
    this.clock = clock;
    this.executor = executor;
    this.patience = patience;
    this.log = log;
  }

  @Override
  public Optional<CurrentSnapshot> current() {
    Held now = held;
    if (now == null) {
      return await(refresh(), patience.first()).map(FreshSnapshot::fresh);
    }
    Duration age = age(now);
    if (age.compareTo(FRESH) < 0) {
      return Optional.of(fresh(now));
    }
    CompletableFuture<Held> refreshed = refresh();
    if (age.compareTo(USABLE) < 0) {
      return Optional.of(fresh(now));
    }
    Optional<Held> newer = await(refreshed, patience.again());
    if (newer.isPresent()) {
      return newer.map(FreshSnapshot::fresh);
    }
    return age.compareTo(BELIEVED) < 0
        ? Optional.of(new CurrentSnapshot(now.snapshot(), true))
        : Optional.empty();
  }

  @Override
  public String problem() {
    return problem;
  }

  /** Starts the first read, so that it is under way before the first request. */
  public void prefetch() {
    var _ = refresh();
  }

  private CompletableFuture<Held> refresh() {
    Reading mine;
    synchronized (lock) {
      Instant now = clock.instant();
      Reading running = reading;
      if (running != null
          && !running.result().isDone()
          && Duration.between(running.since(), now).compareTo(LOST) < 0) {
        return running.result();
      }
      mine = new Reading(now, new CompletableFuture<>());
      reading = mine;
    }
    executor.execute(() -> read(mine));
    return mine.result();
  }

  private void read(Reading mine) {
    try {
      Held read = new Held(source.read(), mine.since());
      synchronized (lock) {
        Held before = held;
        if (before == null || before.readAt().isBefore(read.readAt())) {
          held = read;
        }
      }
      problem = "";
      mine.result().complete(read);
    } catch (IOException | RuntimeException e) {
      // Not a failure that anybody waits to see: the last snapshot answers as long as it may.
      problem = e instanceof IOException ? String.valueOf(e.getMessage()) : "";
      log.line(
          JsonLog.Level.WARNING,
          "routing.snapshot",
          "the routing table cannot be read",
          JsonObject.builder()
              .put("error", e.getClass().getSimpleName())
              .put("reason", String.valueOf(e.getMessage()))
              .build());
      mine.result().completeExceptionally(e);
    }
  }

  private static Optional<Held> await(CompletableFuture<Held> result, Duration patience) {
    try {
      return Optional.of(result.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The age; none for a snapshot from the future of a clock that was set back. */
  private Duration age(Held now) {
    Duration age = Duration.between(now.readAt(), clock.instant());
    return age.isNegative() ? USABLE : age;
  }

  private static CurrentSnapshot fresh(Held now) {
    return new CurrentSnapshot(now.snapshot(), false);
  }
}
