package io.sluice.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void givenAValueWithLineBreaks_whenLogged_thenItIsOneLineOfJson() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonLines(out, CLOCK)
        .line(
            JsonLog.Level.WARNING,
            "test",
            "hello",
            JsonObject.builder().put("value", "a\nb\r\u2028{").build());

    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n").doesNotContain("\r").containsOnlyOnce("\n");
    assertThat(Json.read(text))
        .isEqualTo(
            JsonObject.builder()
                .put("timestamp", "2026-11-23T12:00:00Z")
                .put("level", "warning")
                .put("logger", "test")
                .put("message", "hello")
                .put("value", "a\nb\r\u2028{")
                .build());
  }

  @Test
  void givenNoReader_whenLogged_thenNothingIsThrown() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };
    new JsonLines(broken, CLOCK).line(JsonLog.Level.INFO, "test", "hello", JsonObject.EMPTY);
  }
}
