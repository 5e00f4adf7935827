package io.sluice.config.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.DynamoDbTable;
import io.sluice.config.LogLines;
import io.sluice.config.Tables;
import io.sluice.config.publish.StateTable;
import io.sluice.config.row.RowBatch;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.config.snapshot.SnapshotParts;
import io.sluice.config.snapshot.UnknownFormatException;
import io.sluice.testing.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stores on DynamoDB, against DynamoDB Local. */
class DynamoDbTest {

  /** A loaded machine must not decide a test. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static @Nullable LocalDynamoDb started;

  private final LogLines log = new LogLines();

  @BeforeAll
  static void start() {
    started = LocalDynamoDb.start();
  }

  @AfterAll
  static void stop() throws IOException {
    Objects.requireNonNull(started).close();
  }

  @Test
  void givenRows_whenRead_thenTheyAreJudgedAsThoseOfAFile() throws IOException {
    database().routes("routes-judged");
    put(
        "routes-judged",
        Map.of(
            "kind", s("model"),
            "name", s("m"),
            "provider", s("openai"),
            "family", s("gpt"),
            "model", s("gpt-x"),
            "endpoint", s("https://llm.corp.example/v1"),
            "context_tokens", AttributeValue.fromN("32000"),
            "supports", AttributeValue.fromSs(List.of("stream", "stop")),
            "status", s("live"),
            "snapshot", AttributeValue.fromN("3")));
    put(
        "routes-judged",
        Map.of(
            "kind",
            s("feature"),
            "name",
            s("duo_chat"),
            "enabled",
            AttributeValue.fromBool(true),
            "targets",
            AttributeValue.fromL(
                List.of(
                    AttributeValue.fromM(
                        Map.of("model", s("m"), "weight", AttributeValue.fromN("2")))))));
    put("routes-judged", Map.of("kind", s("feature"), "name", s("nothing")));
    JudgedRows rows =
        new JudgedRows(
            new DynamoDbRows(client(), "routes-judged"),
            Tables.judge(Tables.deployment(null)),
            log);

    Snapshot snapshot = rows.read();
    assertThat(snapshot.rows().models().get("m")).isNotNull();
    assertThat(Objects.requireNonNull(snapshot.rows().models().get("m")).contextTokens())
        .isEqualTo(32_000);
    assertThat(snapshot.rows().features()).containsOnlyKeys("duo_chat");
    assertThat(log.drain()).anySatisfy(line -> assertThat(line).contains("feature/nothing"));

    client()
        .deleteItem(
            request ->
                request
                    .tableName("routes-judged")
                    .key(Map.of("kind", s("feature"), "name", s("duo_chat"))));
    assertThat(rows.read().rows().features()).isEmpty();
    assertThat(rows.read().number()).isEqualTo(2);
  }

  @Test
  void givenMoreThanAPageOfRows_whenRead_thenAllAreRead() throws IOException {
    database().routes("routes-large");
    for (int i = 0; i < 12; i++) {
      put(
          "routes-large",
          Map.of("kind", s("prompt"), "name", s("p" + i), "template", s("x".repeat(100_000))));
    }

    RowBatch batch = new DynamoDbRows(client(), "routes-large").read();
    assertThat(batch.rows()).hasSize(12);
    assertThat(batch.complete()).isTrue();
  }

  @Test
  void givenNoTable_whenRead_thenTheFailureNamesIt() {
    assertThatThrownBy(() -> new DynamoDbRows(client(), "no-such-table").read())
        .isInstanceOf(IOException.class)
        .hasMessage("table no-such-table cannot be read: ResourceNotFoundException");
    assertThatThrownBy(() -> new StateTable(client(), "no-such-table").live())
        .isInstanceOf(IOException.class)
        .hasMessage("table no-such-table cannot be read: ResourceNotFoundException");
  }

  @Test
  void givenSnapshots_whenPublishedInlineOrInParts_thenTheCommandAndTheRequestPathReadThem()
      throws IOException {
    StateTable state = new StateTable(client(), database().state("state"));
    StateSnapshots snapshots =
        new StateSnapshots(
            new DynamoDbTable(AwsEnvironment.of(database().environment()), state.name()), PATIENCE);
    assertThat(state.live()).isEmpty();
    assertThat(snapshots.read()).isSameAs(Snapshot.EMPTY);

    Snapshot first = snapshot("duo_chat");
    publish(1, first, 1, false);
    assertThat(snapshots.read().rows()).isEqualTo(first.rows());
    assertThat(snapshots.read()).isSameAs(snapshots.read());
    assertThat(live(state).rows()).isEqualTo(first.rows());

    Snapshot second = snapshot("code_generations");
    publish(2, second, 1, true);
    assertThat(snapshots.read().number()).isEqualTo(2);
    assertThat(snapshots.read().rows()).isEqualTo(second.rows());
    assertThat(live(state).rows()).isEqualTo(second.rows());

    publish(3, first, 2, false);
    assertThatThrownBy(snapshots::read).isInstanceOf(UnknownFormatException.class);
    assertThatThrownBy(() -> live(state)).isInstanceOf(UnknownFormatException.class);
  }

  @Test
  void givenAMalformedItem_whenRead_thenTheFailureSaysWhatIsMissing() {
    StateTable state = new StateTable(client(), database().state("state-broken"));
    Map<String, AttributeValue> live = new HashMap<>(Map.of("id", s("live")));

    put("state-broken", live);
    assertThatThrownBy(() -> live(state)).hasMessageContaining("no number format");
    live.put("format", AttributeValue.fromN("1"));
    put("state-broken", live);
    assertThatThrownBy(() -> live(state)).hasMessageContaining("no number number");
    live.put("number", AttributeValue.fromN("1"));
    put("state-broken", live);
    assertThatThrownBy(() -> live(state)).hasMessageContaining("no text sha256");
    live.put("sha256", s("x"));
    put("state-broken", live);
    assertThatThrownBy(() -> live(state)).hasMessageContaining("neither content nor parts");
    live.put("parts", AttributeValue.fromL(List.of(s("snapshot/1/x/0"))));
    put("state-broken", live);
    assertThatThrownBy(() -> live(state)).hasMessageContaining("a part of snapshot 1 is missing");
  }

  /** As commands and the publisher read it. */
  private static Snapshot live(StateTable state) throws IOException {
    return state.load(state.live().orElseThrow());
  }

  private static Snapshot snapshot(String feature) {
    return Tables.judged(
            Snapshot.EMPTY,
            """
            {kind: feature, name: %s, enabled: false}
            ---
            {kind: prompt, name: a/base, version: 1.0.0, template: "for %s"}
            """
                .formatted(feature, feature))
        .snapshot();
  }

  private static void publish(int number, Snapshot snapshot, int format, boolean inParts) {
    byte[] content = SnapshotCodec.encode(snapshot);
    Map<String, AttributeValue> live = new HashMap<>();
    live.put("id", s("live"));
    live.put("number", AttributeValue.fromN(String.valueOf(number)));
    live.put("format", AttributeValue.fromN(String.valueOf(format)));
    live.put("sha256", s(snapshot.sha256()));
    if (inParts) {
      List<AttributeValue> names = new ArrayList<>();
      for (int part = 0; part < 2; part++) {
        int half = content.length / 2;
        byte[] bytes =
            java.util.Arrays.copyOfRange(content, part * half, part == 0 ? half : content.length);
        String name = SnapshotParts.itemName(number, content, part);
        put("state", Map.of("id", s(name), "content", b(bytes)));
        names.add(s(name));
      }
      live.put("parts", AttributeValue.fromL(names));
    } else {
      live.put("content", b(content));
    }
    SnapshotCodec.templates(snapshot)
        .forEach(
            (digest, text) ->
                put(
                    "state",
                    Map.of("id", s(SnapshotParts.templateItemName(digest)), "template", s(text))));
    put("state", live);
  }

  private static void put(String table, Map<String, AttributeValue> item) {
    client().putItem(request -> request.tableName(table).item(item));
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue b(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  private static LocalDynamoDb database() {
    return Objects.requireNonNull(started);
  }

  private static DynamoDbClient client() {
    return database().client();
  }
}
