package io.sluice.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelProtocolTest {

  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofMillis(2_700), Duration.ofSeconds(50), Duration.ofMinutes(14));

  static Stream<ModelCall> calls() {
    Target row = new Target.Row("codestral-22b", 7);
    Target metadata =
        new Target.Metadata(
            "mistral", "custom_openai", "a/b", "https://llm.example/v1", new Secret("canary"));
    Target bare = new Target.Metadata("general", "openai", "m", null, null);
    Sampling sampling = new Sampling(0.1, 0.9, 96, List.of("</new_code>", "\n"));
    return Stream.of(
        new ModelCall(
            "id",
            row,
            new ModelCall.Chat(
                List.of(Message.system("s"), Message.user("ü\u2028\"\n"), Message.assistant(""))),
            sampling,
            true,
            true,
            TIMEOUTS),
        new ModelCall(
            "id",
            row,
            new ModelCall.Chat(List.of(Message.user("u")), JsonObject.of(Map.of("type", "object"))),
            sampling,
            false,
            true,
            TIMEOUTS),
        new ModelCall(
            "id",
            metadata,
            new ModelCall.Completion("<PRE> x"),
            Sampling.DEFAULT,
            false,
            false,
            TIMEOUTS),
        new ModelCall(
            "id",
            bare,
            new ModelCall.Embedding(List.of("a", "b"), 256),
            Sampling.DEFAULT,
            false,
            false,
            TIMEOUTS),
        new ModelCall(
            "id",
            bare,
            new ModelCall.Embedding(List.of(), null),
            Sampling.DEFAULT,
            false,
            false,
            TIMEOUTS));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void givenACall_whenWrittenAndRead_thenItIsTheSame(ModelCall call) throws JsonSyntaxException {
    assertThat(ModelProtocol.readCall(ModelProtocol.write(call))).isEqualTo(call);
  }

  static Stream<ModelEvent> events() {
    return Stream.of(
        new ModelEvent.Text("a\nb\u2028ü"),
        new ModelEvent.Reasoning("hm"),
        new ModelEvent.ToolCall(1, "call-1", "search", "{\"q\":"),
        new ModelEvent.ToolCall(1, null, null, "1}"),
        new ModelEvent.Usage(11, 7, 3),
        new ModelEvent.Finish("content_filter"),
        new ModelEvent.Failure(ModelEvent.Failure.Kind.STATUS, 429, "slow down", 30L),
        new ModelEvent.Failure(ModelEvent.Failure.Kind.TOO_LARGE, 0, "", null));
  }

  @ParameterizedTest
  @MethodSource("events")
  void givenAnEvent_whenWrittenAndRead_thenItIsTheSameAndOneLine(ModelEvent event)
      throws JsonSyntaxException {
    byte[] line = ModelProtocol.write(event);
    assertThat(ModelProtocol.readEvent(line)).isEqualTo(event);
    assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\n");
  }

  @Test
  void givenAVector_whenWrittenAndRead_thenItsValuesAreTheSame() throws JsonSyntaxException {
    double[] values = {0.125, -1e-9, 3};
    ModelEvent read =
        ModelProtocol.readEvent(ModelProtocol.write(new ModelEvent.Vector(2, values)));
    assertThat(read).isInstanceOf(ModelEvent.Vector.class);
    ModelEvent.Vector vector = (ModelEvent.Vector) read;
    assertThat(vector.index()).isEqualTo(2);
    assertThat(Arrays.equals(vector.values(), values)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"event\":\"other\"}",
        "{\"event\":\"text\"}",
        "{\"event\":\"failure\",\"kind\":\"none\",\"status\":0,\"message\":\"\"}",
        "{\"event\":\"vector\",\"index\":0,\"values\":[\"1\"]}",
        "{\"event\":\"usage\",\"input_tokens\":\"1\"}"
      })
  void givenNoEvent_whenRead_thenRefused(String line) {
    assertThatThrownBy(() -> ModelProtocol.readEvent(line.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageContaining("malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{}",
        "{\"correlation_id\":\"a\"}",
        "{\"correlation_id\":\"a\",\"target\":{\"row\":\"r\",\"snapshot\":1},\"input\":{\"messages\":[1]}}",
        "{\"correlation_id\":\"a\",\"target\":{\"row\":\"r\",\"snapshot\":1},\"input\":{\"messages\":[{\"role\":\"x\",\"content\":\"\"}]}}",
        "{\"correlation_id\":\"a\",\"target\":{\"row\":\"r\",\"snapshot\":1},\"input\":{\"texts\":[1]}}"
      })
  void givenNoCall_whenRead_thenRefused(String line) {
    assertThatThrownBy(() -> ModelProtocol.readCall(line.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonSyntaxException.class);
  }
}
