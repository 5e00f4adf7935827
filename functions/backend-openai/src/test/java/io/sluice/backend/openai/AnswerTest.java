package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Finish;
import io.sluice.core.model.ModelEvent.Reasoning;
import io.sluice.core.model.ModelEvent.Text;
import io.sluice.core.model.ModelEvent.ToolCall;
import io.sluice.core.model.ModelEvent.Usage;
import io.sluice.core.model.Sampling;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelAnswer.End;
import io.sluice.testing.ModelStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  private final BackendFixture fixture = new BackendFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void answers(ModelStub.Behaviour... behaviours) {
    fixture.stub.model("m", behaviours);
  }

  @Test
  void givenAStream_whenRead_thenEachPieceIsAnEvent() throws IOException {
    answers(ModelAnswer.text("Hel", "lo ü", "\n"));
    assertThat(fixture.streamed())
        .containsExactly(
            new Text("Hel"),
            new Text("lo ü"),
            new Text("\n"),
            new Usage(11, 7, 3),
            new Finish("stop"));
  }

  @Test
  void givenAWholeAnswer_whenRead_thenTheSame() throws IOException {
    answers(ModelAnswer.text("Hello").finishing("length"));
    assertThat(fixture.whole())
        .containsExactly(new Text("Hello"), new Usage(11, 7, 3), new Finish("length"));
  }

  @Test
  void givenNoUsage_whenRead_thenNoneIsReported() throws IOException {
    answers(ModelAnswer.text("a").withoutUsage());
    assertThat(fixture.streamed()).containsExactly(new Text("a"), new Finish("stop"));
    assertThat(fixture.whole()).containsExactly(new Text("a"), new Finish("stop"));
  }

  @Test
  void givenReasoning_whenRead_thenItIsNoText() throws IOException {
    answers(ModelAnswer.text("a").withReasoning("hm").withoutUsage());
    assertThat(fixture.streamed())
        .containsExactly(new Reasoning("hm"), new Text("a"), new Finish("stop"));
    assertThat(fixture.whole())
        .containsExactly(new Reasoning("hm"), new Text("a"), new Finish("stop"));
  }

  @Test
  void givenNoText_whenFinished_thenAnEmptyAnswer() throws IOException {
    answers(ModelAnswer.text().withoutUsage());
    assertThat(fixture.streamed()).containsExactly(new Finish("stop"));
  }

  @Test
  void givenAFinishReasonWithoutDone_whenTheStreamEnds_thenTheAnswerIsWhole() throws IOException {
    answers(ModelAnswer.text("a").ending(End.WITHOUT_DONE).finishing("an_unknown_reason"));
    assertThat(fixture.streamed()).endsWith(new Finish("an_unknown_reason"));
  }

  @Test
  void givenATextAsFinishReason_whenTheStreamEnds_thenItIsNotPassedOn() throws IOException {
    answers(ModelAnswer.text("a").finishing("canary 01 of the prompt"));
    assertThat(fixture.streamed()).endsWith(new Finish("other"));
  }

  @Test
  void givenDoneWithoutAFinishReason_whenTheStreamEnds_thenTheAnswerIsWhole() throws IOException {
    answers(events("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]"));
    assertThat(fixture.streamed()).containsExactly(new Text("a"), new Finish("stop"));
  }

  private static ModelStub.Behaviour events(String body) {
    return ModelAnswer.raw("text/event-stream", body);
  }

  @Test
  void givenABreakBehindTheFinishReason_whenRead_thenTheAnswerIsWhole() throws IOException {
    answers(
        (_, connection) -> {
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 900\r\n\r\n");
          connection.send(
              "data:"
                  + " {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
          throw new IOException("cut");
        });
    assertThat(fixture.streamed()).containsExactly(new Text("a"), new Finish("stop"));
  }

  @Test
  void givenToolCalls_whenRead_thenTheirPiecesAreEvents() throws IOException {
    answers(
        events(
            "data:"
                + " {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}}]}\n\n"
                + "data:"
                + " {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n"
                + "data: [DONE]\n\n"));
    assertThat(fixture.streamed())
        .containsExactly(
            new ToolCall(1, "c", "f", "{"),
            new ToolCall(1, null, null, "}"),
            new Finish("tool_calls"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":null}],\"usage\":null}",
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"b\"}},{\"index\":0,\"message\":{\"content\":\"a\"}}]}",
        "{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"}],\"error\":null}"
      })
  void givenAnotherShapeOfAnAnswer_whenRead_thenItsText(String body) throws IOException {
    answers(ModelAnswer.raw("application/json; charset=utf-8", body));
    assertThat(fixture.whole()).containsExactly(new Text("a"), new Finish("stop"));
  }

  @Test
  void givenAnEventCutAnywhere_whenRead_thenItIsWhole() throws IOException {
    byte[] bytes =
        "data: {\"choices\":[{\"delta\":{\"content\":\"ü€😀\"},\"finish_reason\":\"stop\"}]}\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8);
    answers(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
          for (byte b : bytes) {
            connection.send(new byte[] {b});
          }
          throw new IOException("closed in order");
        });
    assertThat(fixture.streamed()).containsExactly(new Text("ü€😀"), new Finish("stop"));
  }

  @Test
  void givenATextCompletion_whenRead_thenItsPathAndText() throws IOException {
    answers(ModelAnswer.text("x", "y").withoutUsage());
    ModelCall call =
        new ModelCall(
            "r",
            fixture.metadata("custom_openai", "m", null),
            new ModelCall.Completion("<PRE>a"),
            Sampling.DEFAULT,
            true,
            false,
            BackendFixture.PATIENT);
    assertThat(fixture.events(call))
        .containsExactly(new Text("x"), new Text("y"), new Finish("stop"));
    assertThat(fixture.stub.lastCall().path()).isEqualTo("/v1/completions");
    assertThat(fixture.stub.lastCall().body().text("prompt")).isEqualTo("<PRE>a");
  }

  @Test
  void givenManyCalls_whenStreamed_thenOneConnectionCarriesThem() throws IOException {
    answers(ModelAnswer.text("a", "b"));
    for (int i = 0; i < 5; i++) {
      assertThat(BackendFixture.text(fixture.streamed())).isEqualTo("ab");
    }
    assertThat(fixture.stub.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void givenBytesBehindAnAnswer_whenTheNextIsRead_thenTheyAreNotInIt() throws IOException {
    String ok = "{\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}";
    answers(
        (_, connection) -> {
          connection.answer(200, "application/json", ok.formatted("good"));
          connection.answer(200, "application/json", ok.formatted("evil"));
        });
    for (int i = 0; i < 3; i++) {
      assertThat(BackendFixture.text(fixture.whole())).isEqualTo("good");
    }
  }

  @Test
  void givenASlowStream_whenEachPieceIsInTime_thenItIsNeverCut() throws IOException {
    answers(ModelAnswer.text("a", "b", "c", "d").every(Duration.ofMillis(40)));
    ModelCall call =
        fixture.chat(
            fixture.metadata("custom_openai", "m", null),
            true,
            new io.sluice.core.model.Timeouts(
                Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(20)));
    assertThat(BackendFixture.text(fixture.events(call))).isEqualTo("abcd");
  }

  @Test
  void givenARowThatCannotStream_whenAStreamIsWanted_thenTheAnswerComesAtOnce() throws IOException {
    answers(ModelAnswer.text("a", "b").withoutUsage());
    var target = fixture.row("m", io.sluice.config.Provider.OPENAI, null);
    fixture.rows.computeIfPresent(
        "m",
        (_, row) ->
            new io.sluice.config.ModelRow(
                row.name(),
                row.provider(),
                row.family(),
                row.model(),
                row.endpoint(),
                null,
                row.completion(),
                null,
                row.contextTokens(),
                row.maxOutputTokens(),
                java.util.Set.of(),
                java.util.Set.of()));
    assertThat(fixture.events(fixture.chat(target, true)))
        .containsExactly(new Text("ab"), new Finish("stop"));
    assertThat(fixture.stub.lastCall().body().has("stream")).isFalse();
  }

  @Test
  void givenTexts_whenEmbedded_thenTheirVectorsComeInOrder() throws IOException {
    answers(
        ModelAnswer.raw(
            "application/json",
            "{\"data\":[{\"index\":1,\"embedding\":[3,4]},{\"index\":0,\"embedding\":[1,2.5]}],"
                + "\"usage\":{\"prompt_tokens\":5}}"));
    List<ModelEvent> events = fixture.events(fixture.embedding("a", "b"));
    assertThat(events).hasSize(4);
    assertThat(((ModelEvent.Vector) events.get(0)).values()).containsExactly(1, 2.5);
    assertThat(((ModelEvent.Vector) events.get(1)).values()).containsExactly(3, 4);
    assertThat(events.get(2)).isEqualTo(new Usage(5, 0, 0));
    assertThat(events.get(3)).isEqualTo(new Finish("stop"));
  }
}
