package io.sluice.core.model;

import io.sluice.core.model.SecretStore.StoredSecret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets of a store, each kept for 5 minutes by the wall clock. A missing secret is not kept: it
 * works as soon as it is made. Thread-safe.
 */
public final class SecretCache {

  /** How long a secret is believed (design, decision 10). */
  public static final Duration LIFE = Duration.ofMinutes(5);

  private final SecretStore store;
  private final Clock clock;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(StoredSecret secret, Instant readAt) {}

  public SecretCache(SecretStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The secret, read again where it is older than 5 minutes.
   *
   * @throws IOException as the store's
   */
  public Optional<StoredSecret> find(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry != null) {
      Duration age = Duration.between(entry.readAt, clock.instant());
      if (!age.isNegative() && age.compareTo(LIFE) < 0) {
        return Optional.of(entry.secret);
      }
    }
    return reread(name);
  }

  /**
   * The secret as the store has it now: for a server that refuses the one we know.
   *
   * @throws IOException as the store's
   */
  public Optional<StoredSecret> reread(String name) throws IOException {
    Optional<StoredSecret> secret = store.read(name);
    if (secret.isPresent()) {
      entries.put(name, new Entry(secret.get(), clock.instant()));
    } else {
      entries.remove(name);
    }
    return secret;
  }
}
