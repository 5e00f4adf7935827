package io.sluice.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What events say. */
class TableEventTest {

  @Test
  void givenAnEdit_whenRead_thenRowsChanged() {
    TableEvent event = new TableEvent(GoldenEvents.event("routes-stream.json"));
    assertThat(event.streamed()).isTrue();
    assertThat(event.statusesOnly()).isFalse();
  }

  @Test
  void givenTheStreamTellsOfStatuses_whenRead_thenNothingElseChanged() {
    TableEvent event = new TableEvent(GoldenEvents.event("routes-stream-status.json"));
    assertThat(event.streamed()).isTrue();
    assertThat(event.statusesOnly()).isTrue();
  }

  @Test
  void givenAnEditAmongStatuses_whenRead_thenRowsChanged() {
    List<Object> records = new ArrayList<>();
    records.addAll(records("routes-stream-status.json"));
    records.addAll(records("routes-stream.json"));
    assertThat(new TableEvent(Map.of("Records", records)).statusesOnly()).isFalse();
  }

  @Test
  void givenTheScheduleOrAnythingElse_whenRead_thenItIsNotTheStreams() {
    assertThat(new TableEvent(GoldenEvents.event("schedule.json")).streamed()).isFalse();
    assertThat(new TableEvent(Map.of()).statusesOnly()).isFalse();
    assertThat(new TableEvent(Map.of("Records", List.of())).statusesOnly()).isFalse();
    assertThat(new TableEvent(Map.of("Records", List.of("?"))).statusesOnly()).isFalse();
  }

  private static List<?> records(String name) {
    return (List<?>) Objects.requireNonNull(GoldenEvents.event(name).get("Records"));
  }
}
