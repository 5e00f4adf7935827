package io.sluice.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.model.SecretStore.StoredSecret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretCacheTest {

  private final List<String> reads = new ArrayList<>();
  private final MovableClock clock = new MovableClock();
  private Optional<StoredSecret> stored = Optional.of(new StoredSecret(new Secret("a"), List.of()));
  private final SecretCache cache =
      new SecretCache(
          name -> {
            reads.add(name);
            return stored;
          },
          clock);

  @Test
  void givenASecret_whenFoundAgainWithinFiveMinutes_thenReadOnce() throws IOException {
    assertThat(cache.find("k")).isEqualTo(stored);
    clock.now = clock.now.plus(Duration.ofSeconds(299));
    assertThat(cache.find("k")).isEqualTo(stored);
    assertThat(reads).hasSize(1);
    clock.now = clock.now.plus(Duration.ofSeconds(2));
    assertThat(cache.find("k")).isEqualTo(stored);
    assertThat(reads).hasSize(2);
  }

  @Test
  void givenAChangedSecret_whenReread_thenTheNewOneIsKept() throws IOException {
    cache.find("k");
    stored = Optional.of(new StoredSecret(new Secret("b"), List.of()));
    assertThat(cache.find("k")).isNotEqualTo(stored);
    assertThat(cache.reread("k")).isEqualTo(stored);
    assertThat(cache.find("k")).isEqualTo(stored);
  }

  @Test
  void givenNoSecret_whenMadeLater_thenFoundAtOnce() throws IOException {
    Optional<StoredSecret> made = stored;
    stored = Optional.empty();
    assertThat(cache.find("k")).isEmpty();
    stored = made;
    assertThat(cache.find("k")).isEqualTo(made);
  }

  @Test
  void givenAClockSetBack_whenFound_thenReadAgain() throws IOException {
    cache.find("k");
    clock.now = clock.now.minus(Duration.ofHours(1));
    cache.find("k");
    assertThat(reads).hasSize(2);
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
