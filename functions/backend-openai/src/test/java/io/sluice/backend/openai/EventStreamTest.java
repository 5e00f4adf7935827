package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

  /** Delivers one byte at a read, so that every place is a cut. */
  private static InputStream dribbling(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(1, length));
      }
    };
  }

  private static List<String> events(InputStream in) throws IOException {
    EventStream stream = new EventStream(in);
    List<String> events = new ArrayList<>();
    for (var event = stream.next(); event != null; event = stream.next()) {
      events.add(event.name() + "|" + new String(event.data(), StandardCharsets.UTF_8));
    }
    return events;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "data: a\\n\\ndata: b\\n\\n;|a,|b",
        "data: a\\r\\n\\r\\ndata: b\\r\\n\\r\\n;|a,|b",
        "data: a\\r\\rdata: b\\r\\r;|a,|b",
        "data: a\\r\\n\\ndata: b\\n\\r\\n;|a,|b",
        "data:a\\n\\n;|a",
        "data:  a\\n\\n;| a",
        "data: a\\ndata: b\\n\\n;|a/b",
        "data\\n\\n;|",
        ": comment\\n\\ndata: a\\n: comment\\n\\n;|a",
        "event: error\\ndata: a\\n\\ndata: b\\n\\n;error|a,|b",
        "event: lost\\n\\ndata: b\\n\\n;|b",
        "id: 1\\nretry: 5\\ndatax: no\\nda: no\\ndata: a\\n\\n;|a",
        "\\uFEFFdata: a\\n\\n;|a",
        "\\n\\n\\ndata: a\\n\\n;|a",
        "data: a\\n\\ndata: cut;|a",
        "data: a\\n\\ndata: last\\n;|a,|last",
        "data: a\\n\\ndata: [DONE];|a,|[DONE]",
        "data: ü€😀\\n\\n;|ü€😀"
      })
  void givenAStream_whenReadWholeOrByteByByte_thenItsEvents(String text, String expected)
      throws IOException {
    String stream = text.replace("\\r", "\r").replace("\\n", "\n").replace("\\uFEFF", "\uFEFF");
    List<String> events =
        List.of(expected.split(",")).stream().map(e -> e.replace("/", "\n")).toList();
    assertThat(events(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(events);
    assertThat(events(dribbling(stream))).isEqualTo(events);
  }

  @Test
  void givenNothing_whenRead_thenNoEvent() throws IOException {
    assertThat(events(dribbling(""))).isEmpty();
    assertThat(events(dribbling("\n\n"))).isEmpty();
  }

  @Test
  void givenLinesAroundTheBuffersSize_whenRead_thenTheyAreWhole() throws IOException {
    for (int length : new int[] {8_180, 8_185, 8_186, 8_187, 8_192, 20_000, 1_000_000}) {
      String data = "x".repeat(length);
      String text = "data: a\n\ndata: " + data + "\n\ndata: b\n\n";
      assertThat(events(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
          .containsExactly("|a", "|" + data, "|b");
    }
  }

  @Test
  void givenALineOrAnEventBeyondTheLimit_whenRead_thenTooLong() {
    String line = "data: " + "x".repeat(EventStream.LONGEST);
    String lines = ("data: " + "x".repeat(400_000) + "\n").repeat(3);
    for (String text : new String[] {line, line + "\n\n", lines + "\n"}) {
      InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> events(in)).isInstanceOf(EventStream.TooLongException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {": comment\n", "\n", "id: 1\n\n", "event: a\n"})
  void givenAFloodOfNoise_whenRead_thenTooLongBeforeItsEnd(String noise) {
    int times = 2 * EventStream.MOST_NOISE / noise.length();
    byte[] flood = noise.repeat(times).getBytes(StandardCharsets.UTF_8);
    EventStream stream = new EventStream(new ByteArrayInputStream(flood));
    assertThatThrownBy(stream::next).isInstanceOf(EventStream.TooLongException.class);
    assertThat(stream.bytes()).isLessThan(flood.length);
  }
}
