package io.sluice.authorizer;

import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.outbound.oidc.KeyDiscovery;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of a GitLab, fetched when first needed and kept (design, decision 11). At most one fetch
 * is under way; while GitLab is down the last good keys stay good for {@link #KEPT_FOR}, and only
 * one request in a while waits to find out. Ages go by the wall clock, since a frozen sandbox has
 * no background. Thread-safe.
 */
final class DiscoveredKeys implements KeySource {

  /** From this age on keys are renewed beside the request. */
  static final Duration RENEWED_AFTER = Duration.ofMinutes(10);

  /** From this age on keys are renewed before they are used, where GitLab answers. */
  static final Duration RENEWED_FIRST_AFTER = Duration.ofHours(1);

  /** From this age on keys verify nothing. */
  static final Duration KEPT_FOR = Duration.ofDays(7);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** The longest pause between attempts while there are no keys at all, and while there are. */
  private static final Duration LONGEST_PAUSE_WITHOUT_KEYS = Duration.ofSeconds(4);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final String LOGGER = "auth.keys";

  private record Fetched(KeySet keys, Instant at) {
    static final Fetched NEVER = new Fetched(KeySet.EMPTY, Instant.EPOCH);
  }

  private final String issuer;
  private final KeyDiscovery discovery;
  private final KeyStore store;
  private final JsonLog log;
  private final Clock clock;
  private final Executor beside;

  private final ReentrantLock fetching = new ReentrantLock();
  private final AtomicBoolean renewingBeside = new AtomicBoolean();
  private final RefreshAllowance unknownKeys;
  private volatile Fetched fetched = Fetched.NEVER;
  private volatile boolean storeRead;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile Instant nextAttempt = Instant.EPOCH;
  private int failures;

  /**
   * The keys of that issuer.
   *
   * @param beside runs a renewal that nobody waits for
   */
  DiscoveredKeys(
      String issuer,
      KeyDiscovery discovery,
      KeyStore store,
      JsonLog log,
      Clock clock,
      Executor beside) {
    this.issuer = issuer;
    this.discovery = discovery;
    this.store = store;
    this.log = log;
    this.clock = clock;
    this.beside = beside;
    this.unknownKeys = new RefreshAllowance(clock);
  }

  @Override
  public KeySet current() {
    if (!storeRead) {
      readStore();
    }
    Duration age = age();
    if (age.compareTo(RENEWED_AFTER) < 0) {
      return fetched.keys;
    }
    if (!pausing()) {
      if (age.compareTo(RENEWED_FIRST_AFTER) < 0) {
        renewBeside();
      } else {
        renewFirst(age);
      }
    }
    return age().compareTo(KEPT_FOR) < 0 ? fetched.keys : KeySet.EMPTY;
  }

  @Override
  public KeySet renewed() {
    int seen = attempts.get();
    fetching.lock();
    try {
      if (attempts.get() == seen && !pausing() && unknownKeys.take()) {
        fetch();
      }
    } finally {
      fetching.unlock();
    }
    return age().compareTo(KEPT_FOR) < 0 ? fetched.keys : KeySet.EMPTY;
  }

  private void renewBeside() {
    if (renewingBeside.compareAndSet(false, true)) {
      beside.execute(
          () -> {
            try {
              fetchUnlessAnotherDid(attempts.get());
            } finally {
              renewingBeside.set(false);
            }
          });
    }
  }

  /** With good keys at hand one request waits for the fetch and the others go on. */
  private void renewFirst(Duration age) {
    int seen = attempts.get();
    if (age.compareTo(KEPT_FOR) >= 0 || !fetching.isLocked()) {
      fetchUnlessAnotherDid(seen);
    }
  }

  private void fetchUnlessAnotherDid(int seen) {
    fetching.lock();
    try {
      if (attempts.get() == seen && !pausing() && !adopt()) {
        fetch();
      }
    } finally {
      fetching.unlock();
    }
  }

  /** Fetches once, whatever comes of it. The caller holds the lock. */
  private void fetch() {
    Instant start = clock.instant();
    try {
      JsonObject jwks = discovery.fetch(issuer);
      KeySet keys =
          KeySet.of(jwks)
              .orElseThrow(() -> new IOException("the JWKS of " + issuer + " lists no keys"));
      Instant now = clock.instant();
      fetched = new Fetched(keys, now);
      failures = 0;
      nextAttempt = Instant.EPOCH;
      keep(new KeyStore.StoredKeys(now, jwks));
      log.line(
          JsonLog.Level.INFO,
          LOGGER,
          "fetched an issuer's keys",
          facts(start).put("keys", keys.keys().size()).build());
    } catch (IOException | RuntimeException e) {
      failed(start, e);
    } finally {
      attempts.incrementAndGet();
    }
  }

  private void failed(Instant start, Exception problem) {
    failures = Math.min(failures + 1, 16);
    boolean haveKeys = age().compareTo(KEPT_FOR) < 0;
    Duration longest = haveKeys ? LONGEST_PAUSE : LONGEST_PAUSE_WITHOUT_KEYS;
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (failures - 1));
    nextAttempt = clock.instant().plus(pause.compareTo(longest) < 0 ? pause : longest);
    log.line(
        haveKeys ? JsonLog.Level.WARNING : JsonLog.Level.ERROR,
        LOGGER,
        haveKeys
            ? "an issuer's keys could not be renewed; its last good keys stay in use"
            : "an issuer's keys could not be fetched; its tokens are refused",
        facts(start)
            .put("error_class", problem.getClass().getName())
            .put("error_detail", String.valueOf(problem.getMessage()))
            .build());
  }

  private JsonObject.Builder facts(Instant start) {
    return JsonObject.builder()
        .put("issuer", issuer)
        .put("duration_ms", Duration.between(start, clock.instant()).toMillis());
  }

  private void keep(KeyStore.StoredKeys keys) {
    try {
      store.store(issuer, keys);
    } catch (IOException e) {
      unkept("an issuer's keys could not be kept for the next start", e);
    }
  }

  private void readStore() {
    fetching.lock();
    try {
      if (!storeRead) {
        var _ = adopt();
      }
    } finally {
      storeRead = true;
      fetching.unlock();
    }
  }

  /**
   * Takes the store's keys where they are newer: somebody else may renew them. Whether they are
   * young enough to do without a fetch. The caller holds the lock.
   */
  private boolean adopt() {
    try {
      Optional<KeyStore.StoredKeys> kept = store.load(issuer);
      if (kept.isPresent() && kept.get().fetchedAt().isAfter(fetched.at)) {
        Instant at = kept.get().fetchedAt();
        KeySet.of(kept.get().jwks()).ifPresent(keys -> fetched = new Fetched(keys, at));
        return age().compareTo(RENEWED_AFTER) < 0;
      }
    } catch (IOException e) {
      unkept("an issuer's kept keys could not be read", e);
    }
    return false;
  }

  private void unkept(String message, IOException problem) {
    log.line(
        JsonLog.Level.WARNING,
        LOGGER,
        message,
        JsonObject.builder()
            .put("issuer", issuer)
            .put("error_detail", String.valueOf(problem.getMessage()))
            .build());
  }

  private boolean pausing() {
    return clock.instant().isBefore(nextAttempt);
  }

  /** Keys from the future (a clock was set back) count as an hour old. */
  private Duration age() {
    Duration age = Duration.between(fetched.at, clock.instant());
    return age.isNegative() ? RENEWED_FIRST_AFTER : age;
  }
}
