package io.sluice.config.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.snapshot.FreshSnapshot.Patience;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Freshness by a clock and an executor that the test moves. */
class FreshSnapshotTest {

  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private long published = 1;
  private boolean broken;
  private boolean beside;
  private int reads;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final FreshSnapshot snapshots =
      new FreshSnapshot(
          this::read,
          () -> now,
          this::execute,
          new Patience(Duration.ZERO, Duration.ZERO),
          (level, logger, message, fields) -> {});

  @Test
  void givenNothingRead_whenAsked_thenItIsReadFirst() {
    assertThat(snapshots.current()).contains(fresh(1));
  }

  @Test
  void givenUnder5Seconds_whenAsked_thenItIsUsedAsItIs() {
    snapshots.current();
    pass(Duration.ofMillis(4999));

    assertThat(snapshots.current()).contains(fresh(1));
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void givenUnder60Seconds_whenAsked_thenItIsUsedAndReadAgainBesideTheRequest() {
    snapshots.current();
    pass(Duration.ofSeconds(5));
    published = 2;
    beside = true;

    assertThat(snapshots.current()).contains(fresh(1));
    assertThat(snapshots.current()).contains(fresh(1));
    assertThat(waiting).hasSize(1);
    waiting.remove().run();
    assertThat(snapshots.current()).contains(fresh(2));
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void givenOver60Seconds_whenAsked_thenItIsReadFirst() {
    snapshots.current();
    pass(Duration.ofMinutes(1));
    published = 2;

    assertThat(snapshots.current()).contains(fresh(2));
  }

  @Test
  void givenOver60Seconds_whenReadingFailsOrHangs_thenItIsUsedAsStale() {
    snapshots.current();
    pass(Duration.ofHours(23));
    broken = true;
    assertThat(snapshots.current()).contains(stale(1));

    beside = true; // the read never ends within the budget
    broken = false;
    assertThat(snapshots.current()).contains(stale(1));
    waiting.remove().run();
    assertThat(snapshots.current()).contains(fresh(1));
  }

  @Test
  void givenOver24Hours_whenReadingFails_thenItIsRefusedUntilReadingWorks() {
    snapshots.current();
    pass(Duration.ofHours(24));
    broken = true;
    assertThat(snapshots.current()).isEmpty();

    broken = false;
    assertThat(snapshots.current()).contains(fresh(1));
  }

  @Test
  void givenAReadThatFrozeWithItsSandbox_whenThawed_thenAnotherReadStarts() {
    snapshots.current();
    pass(Duration.ofSeconds(30));
    beside = true;
    snapshots.current();
    Runnable frozen = waiting.remove();
    pass(Duration.ofMinutes(10));
    beside = false;
    published = 3;

    assertThat(snapshots.current()).contains(fresh(3));
    published = 2;
    frozen.run(); // what it read is older than what is held
    assertThat(snapshots.current()).contains(fresh(3));
  }

  @Test
  void givenAClockSetBack_whenAsked_thenItIsReadFirst() {
    snapshots.current();
    pass(Duration.ofHours(-1));
    published = 2;

    assertThat(snapshots.current().orElseThrow().snapshot().number()).isEqualTo(2);
  }

  @Test
  void givenPrefetch_whenAsked_thenNothingIsReadAgain() {
    snapshots.prefetch();

    assertThat(snapshots.current()).contains(fresh(1));
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void givenAFixedSnapshot_whenAsked_thenItIsFresh() {
    assertThat(Snapshots.fixed(Snapshot.EMPTY).current())
        .isEqualTo(Optional.of(new CurrentSnapshot(Snapshot.EMPTY, false)));
  }

  private Snapshot read() throws IOException {
    reads++;
    if (broken) {
      throw new IOException("broken");
    }
    return Snapshot.of(published, List.of());
  }

  private void execute(Runnable read) {
    if (beside) {
      waiting.add(read);
    } else {
      read.run();
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static CurrentSnapshot fresh(long number) {
    return new CurrentSnapshot(Snapshot.of(number, List.of()), false);
  }

  private static CurrentSnapshot stale(long number) {
    return new CurrentSnapshot(Snapshot.of(number, List.of()), true);
  }
}
