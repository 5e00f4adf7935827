package io.sluice.config.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.LogLines;
import io.sluice.config.Tables;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.FreshSnapshot;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.UnknownFormatException;
import io.sluice.testing.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Publishing (design, "Publishing" and "Snapshots"), against DynamoDB Local. */
class PublicationTest {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable LocalDynamoDb database;

  private final LogLines log = new LogLines();
  private final PublishedTables tables =
      new PublishedTables(
          Objects.requireNonNull(database),
          "publication-" + NAMES.incrementAndGet(),
          log,
          Tables.CLOCK);

  @BeforeAll
  static void start() {
    database = LocalDynamoDb.start();
  }

  @AfterAll
  static void stop() throws IOException {
    Objects.requireNonNull(database).close();
  }

  @Test
  void givenAnEmptyTable_whenPublished_thenNothingIsWritten() throws IOException {
    Published published = tables.publish();
    assertThat(published.changed()).isFalse();
    assertThat(published.live()).isZero();
    assertThat(tables.state.live()).isEmpty();
  }

  @Test
  void givenRows_whenPublished_thenTheyAreLiveAndSaySo() throws IOException {
    tables.put(Tables.model("m") + "---\n{kind: feature, name: duo_chat, targets: [{model: m}]}");
    Published published = tables.publish();

    assertThat(published.live()).isEqualTo(1);
    assertThat(published.statusesWritten()).isEqualTo(2);
    assertThat(tables.live().number()).isEqualTo(1);
    assertThat(tables.live().rows().models()).containsOnlyKeys("m");
    assertThat(tables.history()).containsExactly(1L);
    assertThat(tables.status("feature", "duo_chat")).isEqualTo("live");
    RowVerdict verdict = RowVerdict.carried(tables.row("model", "m"));
    assertThat(verdict.good()).isTrue();
    assertThat(verdict.version())
        .isEqualTo(io.sluice.config.snapshot.RowDigest.of(tables.row("model", "m").document()));
    assertThat(Objects.requireNonNull(tables.row("model", "m").attributes().get("snapshot")).n())
        .isEqualTo("1");
    assertThat(tables.row("model", "m").written("status_at")).isEqualTo("2026-11-23T12:00:00Z");
  }

  @Test
  void givenNothingChanged_whenPublishedAgain_thenNothingIsWritten() throws IOException {
    tables.put(Tables.model("m") + "---\n{kind: feature, name: nothing}");
    tables.publish();
    Map<String, AttributeValue> before = tables.row("model", "m").attributes();

    Published again = tables.publish();
    assertThat(again.changed()).isFalse();
    assertThat(again.statusesWritten()).isZero();
    assertThat(tables.row("model", "m").attributes()).isEqualTo(before);
    assertThat(tables.history()).containsExactly(1L);
  }

  @Test
  void givenTwoRowsEditedOneAfterTheOther_whenInvalidInBetween_thenBothEndLive()
      throws IOException {
    tables.put("{kind: feature, name: duo_chat, targets: [{model: new}]}");
    tables.publish();
    assertThat(tables.live().rows().features()).isEmpty();
    assertThat(tables.status("feature", "duo_chat"))
        .startsWith("not live: targets[0].model: there is no live model row 'new'");

    tables.put(Tables.model("new"));
    tables.publish();
    assertThat(tables.live().rows().features()).containsOnlyKeys("duo_chat");
    assertThat(tables.status("feature", "duo_chat")).isEqualTo("live");
    assertThat(tables.status("model", "new")).isEqualTo("live");
  }

  @Test
  void givenABrokenRow_whenAnotherFeatureIsDisabled_thenThatGoesLive() throws IOException {
    tables.put(Tables.model("m") + "---\n{kind: feature, name: duo_chat, targets: [{model: m}]}");
    tables.publish();
    tables.put("{kind: feature, name: duo_chat, targets: [{model: m}], colour: red}");
    tables.put("{kind: feature, name: code_completions, enabled: false}");
    tables.publish();

    Snapshot live = tables.live();
    assertThat(Objects.requireNonNull(live.rows().features().get("code_completions")).enabled())
        .isFalse();
    assertThat(live.rows().features()).containsKey("duo_chat");
    assertThat(tables.status("feature", "duo_chat"))
        .startsWith("live in its last published form: colour: is an unknown field");

    tables.put("{kind: feature, name: duo_chat, enabled: false, colour: red}");
    tables.publish();
    assertThat(Objects.requireNonNull(tables.live().rows().features().get("duo_chat")).enabled())
        .isFalse();
  }

  @Test
  void givenADeletedModelInUse_whenPublished_thenItStaysLiveAndTheLogSaysWhy() throws IOException {
    tables.put(Tables.model("m") + "---\n{kind: feature, name: duo_chat, targets: [{model: m}]}");
    tables.publish();
    log.drain();
    tables.delete("model", "m");
    tables.publish();
    assertThat(tables.live().rows().models()).containsOnlyKeys("m");
    assertThat(log.drain()).anySatisfy(line -> assertThat(line).contains("still named by"));

    tables.delete("feature", "duo_chat");
    tables.publish();
    assertThat(tables.live().documents()).isEmpty();
  }

  @Test
  void givenFiftyEditsAtOnce_whenEachIsPublished_thenTheSnapshotEqualsTheRows() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Published>> publications = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String name = "m" + i % 10;
        String note = "edit " + i;
        int tokens = 1000 + i;
        publications.add(
            threads.submit(
                () -> {
                  tables.put(
                      Tables.model(name) + "note: " + note + "\nmax_output_tokens: " + tokens);
                  return tables.publish();
                }));
      }
      for (Future<Published> publication : publications) {
        publication.get();
      }
    }
    tables.publish(); // the schedule: what a status lost to a later edit is written now

    Snapshot live = tables.live();
    Snapshot rows = Snapshot.of(live.number(), tables.rows.read().rows());
    assertThat(rows.documents()).hasSize(10);
    assertThat(live.documents()).isEqualTo(rows.documents());
    assertThat(live.sha256()).isEqualTo(rows.sha256());
    for (int i = 0; i < 10; i++) {
      assertThat(RowVerdict.carried(tables.row("model", "m" + i)))
          .isEqualTo(
              new RowVerdict(
                  "live",
                  io.sluice.config.snapshot.RowDigest.of(tables.row("model", "m" + i).document())));
    }
    List<Long> history = tables.history();
    assertThat(history.getFirst()).isEqualTo(live.number());
    assertThat(history).doesNotHaveDuplicates().hasSize((int) live.number());
    for (Long number : history) {
      assertThat(tables.state.load(tables.state.snapshot(number).orElseThrow()).number())
          .isEqualTo(number);
    }
  }

  @Test
  void givenARollback_whenRowsAreEdited_thenTheyAreNumberedAndWait() throws IOException {
    tables.put(Tables.model("m") + "---\n{kind: feature, name: duo_chat, targets: [{model: m}]}");
    tables.publish();
    tables.put(
        Tables.model("bad") + "---\n{kind: feature, name: duo_chat, targets: [{model: bad}]}");
    tables.publish();
    Pin pin = new Pin(tables.state);

    SnapshotItem rolledBack = pin.rollback(1);
    assertThat(rolledBack.number()).isEqualTo(1);
    assertThat(rolledBack.latest()).isEqualTo(2);
    assertThat(tables.live().rows().models()).containsOnlyKeys("m");
    tables.publish();
    assertThat(tables.status("feature", "duo_chat"))
        .isEqualTo(
            "pinned to snapshot 1, edits move nothing but what they switch off; once unpinned:"
                + " live");

    tables.put(Tables.model("good"));
    Published edited = tables.publish();
    assertThat(edited.pinned()).isTrue();
    assertThat(edited.live()).isEqualTo(1);
    assertThat(edited.latest()).isEqualTo(3);
    assertThat(tables.live().rows().models()).containsOnlyKeys("m");
    assertThat(tables.history()).containsExactly(3L, 2L, 1L);
    assertThat(tables.status("model", "good")).startsWith("pinned to snapshot 1");

    assertThat(pin.unpin().number()).isEqualTo(3);
    assertThat(tables.live().rows().models()).containsOnlyKeys("m", "bad", "good");
    tables.publish();
    assertThat(tables.status("model", "good")).isEqualTo("live");
    tables.delete("model", "good");
    assertThat(tables.publish().live()).isEqualTo(4);
  }

  @Test
  void givenAPinnedTable_whenSomethingIsSwitchedOff_thenThatGoesLiveAtOnce() throws IOException {
    tables.put(
        Tables.model("m")
            + """
            ---
            {kind: feature, name: duo_chat, targets: [{model: m}]}
            ---
            {kind: feature, name: code_completions, enabled: false}
            """);
    tables.publish();
    tables.put("{kind: feature, name: code_completions, targets: [{model: m}]}");
    tables.publish();
    new Pin(tables.state).rollback(1);

    tables.put("{kind: feature, name: duo_chat, enabled: false, targets: [{model: m}]}");
    tables.put("{kind: feature, name: code_generations, enabled: false}");
    tables.put("{kind: scope, name: s, match: {user: u}, set: {enabled: false, fallbacks: [m]}}");
    tables.put("{kind: settings, name: global, default_model: m}");
    Published published = tables.publish();

    assertThat(published.pinned()).isTrue();
    assertThat(published.live()).isEqualTo(3);
    assertThat(published.latest()).isEqualTo(4);
    Snapshot live = tables.live();
    assertThat(Objects.requireNonNull(live.rows().features().get("duo_chat")).enabled()).isFalse();
    assertThat(Objects.requireNonNull(live.rows().features().get("code_generations")).enabled())
        .isFalse();
    assertThat(live.rows().scopes()).singleElement().matches(scope -> !scope.enabled());
    assertThat(live.rows().scopes().getFirst().policy().fallbacks()).isNull();
    assertThat(live.rows().settings().defaultModel()).isNull();

    tables.put("{kind: feature, name: duo_chat, targets: [{model: m}]}");
    assertThat(tables.publish().live()).isEqualTo(3);
    assertThat(Objects.requireNonNull(tables.live().rows().features().get("duo_chat")).enabled())
        .isFalse();
    new Pin(tables.state).unpin();
    assertThat(Objects.requireNonNull(tables.live().rows().features().get("duo_chat")).enabled())
        .isTrue();
  }

  @Test
  void givenANewerFormat_whenPublishedOrRolledBack_thenNothingIsTouched() throws IOException {
    tables.put(Tables.model("m"));
    tables.publish();
    AtomicReference<Instant> now = new AtomicReference<>(Tables.CLOCK.instant());
    FreshSnapshot reader =
        new FreshSnapshot(
            tables.snapshots, now::get, Runnable::run, FreshSnapshot.Patience.DEFAULT, log);
    assertThat(reader.current().orElseThrow().snapshot().number()).isEqualTo(1);
    Map<String, AttributeValue> newer =
        new HashMap<>(tables.state.live().orElseThrow().attributes());
    newer.put("format", AttributeValue.fromN("2"));
    newer.put("number", AttributeValue.fromN("2"));
    newer.put("latest", AttributeValue.fromN("2"));
    tables.state.put("live", newer);
    tables.put(Tables.model("other"));

    assertThatThrownBy(tables::publish)
        .isInstanceOf(UnknownFormatException.class)
        .hasMessageContaining("has format 2, this version reads up to 1: deploy the version");
    assertThatThrownBy(() -> new Pin(tables.state).rollback(1))
        .isInstanceOf(UnknownFormatException.class);
    assertThat(tables.state.live().orElseThrow().format()).isEqualTo(2);
    assertThat(tables.row("model", "other").written("status")).isEmpty();
    assertThatThrownBy(tables::live).isInstanceOf(UnknownFormatException.class);

    // An older reader keeps its last good snapshot.
    now.set(Tables.CLOCK.instant().plus(Duration.ofHours(1)));
    assertThat(reader.current().orElseThrow().snapshot().number()).isEqualTo(1);
    assertThat(reader.current().orElseThrow().stale()).isTrue();
  }

  @Test
  void givenMoreThanAnItemHolds_whenPublished_thenItIsInParts() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 700; i++) {
      tables.put(
          "{kind: scope, name: s%d, match: {user: '%s', instance: '%s', namespace: '%s',"
                  .formatted(i, hex(random), hex(random), hex(random))
              + " root_namespace: '%s'}, set: {enabled: false}}".formatted(hex(random)));
    }
    tables.publish();
    SnapshotItem live = tables.state.live().orElseThrow();
    assertThat(live.parts()).hasSizeGreaterThan(1);
    assertThat(tables.live().rows().scopes()).hasSize(700);

    tables.put(Tables.model("m"));
    tables.publish();
    new Pin(tables.state).rollback(1);
    assertThat(tables.live().number()).isEqualTo(1);
    assertThat(tables.live().rows().models()).isEmpty();
  }

  private static String hex(Random random) {
    byte[] bytes = new byte[120];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void givenMoreThanAHundredSnapshots_whenPublished_thenTheLastHundredStayAndThePinnedOne()
      throws IOException {
    for (int i = 0; i < 3; i++) {
      tables.put(Tables.model("m") + "max_output_tokens: " + (i + 1));
      tables.publish();
    }
    new Pin(tables.state).rollback(2);
    for (int i = 3; i < 105; i++) {
      tables.put(Tables.model("m") + "max_output_tokens: " + (i + 1));
      tables.publish();
    }
    assertThat(tables.live().number()).isEqualTo(2);
    List<Long> history = tables.history();
    assertThat(history).hasSize(101).contains(2L).doesNotContain(1L, 3L, 5L).contains(6L, 105L);

    new Pin(tables.state).unpin();
    tables.put(Tables.model("m") + "max_output_tokens: 500");
    tables.publish();
    assertThat(tables.history()).hasSize(100).doesNotContain(2L);
    assertThatThrownBy(() -> new Pin(tables.state).rollback(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no snapshot 2");
  }

  @Test
  void givenAKeyInARow_whenPublished_thenNoAttributeRepeatsIt() throws IOException {
    tables.put(Tables.model("m") + "secret: sk-abcdefghijklmnop1234567890\n");
    tables.publish();
    assertThat(tables.status("model", "m"))
        .startsWith("not live: secret: holds what looks like a key")
        .doesNotContain("sk-abc");
    assertThat(log.drain()).noneMatch(line -> line.contains("sk-abc"));
  }

  @Test
  void givenLiveWasTakenAway_whenPublished_thenNumbersGoOn() throws IOException {
    tables.put(Tables.model("m"));
    tables.publish();
    tables.state.delete("live", "id", null);
    assertThat(tables.publish().live()).isEqualTo(2);
    assertThat(tables.live().documents()).containsOnlyKeys(new RowKey("model", "m"));
  }
}
