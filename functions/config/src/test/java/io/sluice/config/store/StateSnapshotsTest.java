package io.sluice.config.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.DynamoDbTable;
import io.sluice.config.LogLines;
import io.sluice.config.ModelRow;
import io.sluice.config.Resolution;
import io.sluice.config.Tables;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.config.snapshot.SnapshotParts;
import io.sluice.config.snapshot.UnknownFormatException;
import io.sluice.core.json.JsonObject;
import io.sluice.testing.AwsStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateSnapshotsTest {

  private static final String TABLE = "sluice-state";

  private final AwsStub aws = AwsStub.start().table(TABLE);
  private final LogLines log = new LogLines();
  private final StateSnapshots snapshots =
      new StateSnapshots(new DynamoDbTable(AwsEnvironment.of(aws.environment()), TABLE));

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void givenAnEmptyTable_whenRead_thenItIsTheEmptySnapshot() throws IOException {
    assertThat(snapshots.read()).isSameAs(Snapshot.EMPTY);
    assertThat(snapshots.read(0)).containsSame(Snapshot.EMPTY);
    assertThat(snapshots.read(7)).isEmpty();
  }

  @Test
  void givenASnapshot_whenPublishedInlineOrInParts_thenItIsReadOnce() throws IOException {
    Snapshot snapshot = snapshot("duo_chat");
    publish("live", 1, 1, snapshot, false);
    assertThat(snapshots.read().rows()).isEqualTo(snapshot.rows());
    assertThat(snapshots.read()).isSameAs(snapshots.read());

    Snapshot second = snapshot("code_generations");
    publish("live", 2, 1, second, true);
    assertThat(snapshots.read().number()).isEqualTo(2);
    assertThat(snapshots.read().rows()).isEqualTo(second.rows());
  }

  @Test
  void givenANewerFormat_whenRead_thenItIsRefused() {
    publish("live", 1, 2, snapshot("duo_chat"), false);

    assertThatThrownBy(snapshots::read).isInstanceOf(UnknownFormatException.class);
  }

  @Test
  void givenACallRoutedElsewhere_whenItsRowIsSought_thenItIsThatSnapshots() throws IOException {
    publish("snapshot/1", 1, 1, models("first"), false);
    publish("snapshot/2", 2, 1, models("second"), false);
    publish("live", 2, 1, models("second"), false);
    SnapshotRoutingTable table = table();

    assertThat(table.find("m", 1)).get().extracting(ModelRow::model).isEqualTo("first");
    assertThat(table.find("m", 2)).get().extracting(ModelRow::model).isEqualTo("second");
    assertThat(table.find("m", 2)).get().extracting(ModelRow::model).isEqualTo("second");
    // Newer than what is known here, and not to be found: as it stands now.
    assertThat(table.find("m", 3)).get().extracting(ModelRow::model).isEqualTo("second");
    assertThat(table.find("default", 0)).contains(Tables.defaultModel());
    assertThat(reads("snapshot/1")).isEqualTo(1);
    assertThat(reads("snapshot/2")).isZero();
  }

  @Test
  void givenAnEmptyTable_whenARequestIsRouted_thenTheDefaultModelAnswers() {
    assertThat(table().resolve("duo_chat", Tables.caller(), null))
        .isInstanceOf(Resolution.Routed.class);
  }

  @Test
  void givenNoPermission_whenARequestIsRouted_thenTheRefusalAndTheLogNameIt() {
    aws.next("GetItem", AwsStub.error(400, "AccessDeniedException", "no"));
    SnapshotRoutingTable table = table();

    assertThat(table.resolve("duo_chat", Tables.caller(), null))
        .isInstanceOfSatisfying(
            Resolution.Refused.class,
            refused ->
                assertThat(refused.detail())
                    .contains("dynamodb:GetItem on table " + TABLE + " was denied"));
    assertThat(log.drain()).anyMatch(line -> line.contains("dynamodb:GetItem on table " + TABLE));
    assertThat(table.problem()).contains(TABLE);
    assertThat(table.ready()).isTrue(); // the next read succeeds
    assertThat(table.problem()).isEmpty();
  }

  @Test
  void givenNoTable_whenRead_thenTheFailureNamesIt() {
    StateSnapshots missing =
        new StateSnapshots(new DynamoDbTable(AwsEnvironment.of(aws.environment()), "no-such"));

    assertThatThrownBy(missing::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("table no-such");
  }

  @Test
  void givenAMalformedItem_whenRead_thenTheFailureSaysWhatIsMissing() {
    Map<String, Object> live = new HashMap<>(Map.of("id", Map.of("S", "live")));
    aws.item(TABLE, JsonObject.of(live));
    assertThatThrownBy(snapshots::read).hasMessageContaining("has no number number");
    live.put("number", Map.of("N", "1"));
    aws.item(TABLE, JsonObject.of(live));
    assertThatThrownBy(snapshots::read).hasMessageContaining("has no number format");
    live.put("format", Map.of("N", "1"));
    aws.item(TABLE, JsonObject.of(live));
    assertThatThrownBy(snapshots::read).hasMessageContaining("has no text sha256");
    live.put("sha256", Map.of("S", "x"));
    aws.item(TABLE, JsonObject.of(live));
    assertThatThrownBy(snapshots::read).hasMessageContaining("neither content nor parts");
    live.put("parts", Map.of("L", List.of(Map.of("S", "snapshot/1/0"))));
    aws.item(TABLE, JsonObject.of(live));
    assertThatThrownBy(snapshots::read).hasMessageContaining("item snapshot/1/0, a part of");
  }

  @ParameterizedTest
  @CsvSource({"''", "' '"})
  void givenNoTablesName_whenOpened_thenTheVariableIsNamed(String name) {
    assertThatThrownBy(
            () ->
                PublishedTable.open(
                    Map.of("SLUICE_STATE_TABLE", name),
                    AwsEnvironment.of(aws.environment()),
                    Tables.deployment(null),
                    log,
                    Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SLUICE_STATE_TABLE");
  }

  private SnapshotRoutingTable table() {
    return PublishedTable.open(
        Map.of("SLUICE_STATE_TABLE", TABLE),
        AwsEnvironment.of(aws.environment()),
        Tables.deployment(Tables.defaultModel()),
        log,
        Clock.systemUTC());
  }

  private long reads(String id) {
    return aws.calls("GetItem").stream()
        .filter(call -> new String(call.body(), StandardCharsets.UTF_8).contains('"' + id + '"'))
        .count();
  }

  private static Snapshot snapshot(String feature) {
    return judged(
        """
        {kind: feature, name: %s, enabled: false}
        ---
        {kind: prompt, name: a/base, version: 1.0.0, template: "for %s"}
        """
            .formatted(feature, feature));
  }

  private static Snapshot models(String model) {
    return judged(
        """
        {kind: model, name: m, provider: openai, family: gpt, model: %s, endpoint: "%s"}
        """
            .formatted(model, Tables.HOST));
  }

  private static Snapshot judged(String yaml) {
    return Tables.judged(Snapshot.EMPTY, yaml).snapshot();
  }

  private void publish(String id, int number, int format, Snapshot snapshot, boolean inParts) {
    byte[] content = SnapshotCodec.encode(snapshot);
    Map<String, Object> item = new HashMap<>();
    item.put("id", Map.of("S", id));
    item.put("number", Map.of("N", String.valueOf(number)));
    item.put("format", Map.of("N", String.valueOf(format)));
    item.put("sha256", Map.of("S", snapshot.sha256()));
    if (inParts) {
      int half = content.length / 2;
      item.put("parts", Map.of("L", List.of(Map.of("S", "p0"), Map.of("S", "p1"))));
      part("p0", Arrays.copyOf(content, half));
      part("p1", Arrays.copyOfRange(content, half, content.length));
    } else {
      item.put("content", base64(content));
    }
    SnapshotCodec.templates(snapshot)
        .forEach(
            (digest, text) ->
                aws.item(
                    TABLE,
                    JsonObject.of(
                        Map.of(
                            "id", Map.of("S", SnapshotParts.templateItemName(digest)),
                            "template", Map.of("S", text)))));
    aws.item(TABLE, JsonObject.of(item));
  }

  private void part(String id, byte[] content) {
    aws.item(TABLE, JsonObject.of(Map.of("id", Map.of("S", id), "content", base64(content))));
  }

  private static Map<String, String> base64(byte[] bytes) {
    return Map.of("B", Base64.getEncoder().encodeToString(bytes));
  }
}
