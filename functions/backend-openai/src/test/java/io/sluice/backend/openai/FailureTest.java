package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.Provider;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonString;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import io.sluice.core.model.ModelEvent.Text;
import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretStore.StoredSecret;
import io.sluice.core.model.Target;
import io.sluice.core.model.Timeouts;
import io.sluice.core.time.Cancellation;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelAnswer.End;
import io.sluice.testing.ModelStub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

  private static final String OK = "{\"choices\":[{\"message\":{\"content\":\"a\"}}]}";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(80);

  private final BackendFixture fixture = new BackendFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void answers(ModelStub.Behaviour... behaviours) {
    fixture.stub.model("m", behaviours);
  }

  private Failure streamed() throws IOException {
    return (Failure) fixture.streamed().getLast();
  }

  private Failure whole() throws IOException {
    return (Failure) fixture.whole().getLast();
  }

  private Failure streamed(Timeouts timeouts) throws IOException {
    return fixture.failure(
        fixture.chat(fixture.metadata("custom_openai", "m", null), true, timeouts));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503, 529})
  void givenAnErrorStatus_whenAnswered_thenItAndItsTextAreTold(int status) throws IOException {
    answers(ModelAnswer.status(status, "no way"));
    for (Failure failure : new Failure[] {streamed(), whole()}) {
      assertThat(failure).isEqualTo(new Failure(Kind.STATUS, status, "no way", null));
    }
    assertThat(fixture.stub.calls()).as("it never retries").hasSize(2);
    assertThat(fixture.logged)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("request-1", "no way", "" + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 304})
  void givenNoAnswerAndNoError_whenAnswered_thenAFailure(int status) throws IOException {
    answers(
        (_, c) ->
            c.send(
                "HTTP/1.1 "
                    + status
                    + " X\r\nLocation: http://127.0.0.1:1/\r\n"
                    + (status == 204 || status == 304 ? "" : "Content-Length: 0\r\n")
                    + "\r\n"));
    assertThat(streamed().kind()).isIn(Kind.STATUS, Kind.PROTOCOL);
    assertThat(whole().kind()).isIn(Kind.STATUS, Kind.PROTOCOL);
  }

  @Test
  void givenRetryAfter_whenLimited_thenTold() throws IOException {
    answers(ModelAnswer.status(429, "slow down", "Retry-After: 17"));
    assertThat(whole().retryAfterSeconds()).isEqualTo(17);
  }

  @Test
  void givenAKeyInTheErrorText_whenTold_thenItIsMasked() throws IOException {
    answers(
        ModelAnswer.status(
            401,
            "Incorrect key: canary-77 or Bearer abc.def or sk-abcdefgh1234 \u0007\n"
                + "x".repeat(900).replaceAll("(.{20})", "$1 ")));
    ModelCall call = fixture.chat(fixture.metadata("custom_openai", "m", "canary-77"), true);
    Failure failure = fixture.failure(call);
    assertThat(failure.message())
        .hasSizeLessThanOrEqualTo(300)
        .startsWith("Incorrect key: [redacted] or [redacted] or [redacted] x");
    assertThat(fixture.logged).noneMatch(line -> line.contains("canary-77"));
  }

  @Test
  void givenAServerThatQuotesThePrompt_whenTold_thenItIsMaskedEverywhere() throws IOException {
    String prompt = "x = 'CANARY-above-01'\nprint(\"CANARY-below-02\")";
    String quoted = Json.text(new JsonString(prompt));
    String error = "{\"error\":{\"message\":" + quoted + ",\"code\":400}}";
    for (ModelStub.Behaviour behaviour :
        List.of(
            ModelAnswer.status(400, "cannot parse: " + prompt),
            ModelAnswer.raw("application/json", error),
            ModelAnswer.raw("application/json", "{\"object\":\"error\",\"said\":" + quoted + "}"),
            ModelAnswer.raw("text/event-stream", "data: " + error + "\n\n"),
            ModelAnswer.raw("text/event-stream", "event: error\ndata: " + error + "\n\n"),
            ModelAnswer.raw("text/canary-above-01", "CANARY-below-02"))) {
      answers(behaviour);
      for (boolean stream : new boolean[] {true, false}) {
        ModelCall call = fixture.asking(prompt, stream);
        assertThat(fixture.failure(call).message()).doesNotContainIgnoringCase("canary");
      }
    }
    assertThat(fixture.logged)
        .hasSize(12)
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("canary"))
        .anyMatch(line -> line.contains("cannot parse: [prompt]"));
  }

  @Test
  void givenSettingsThatThePromptNames_whenTheyAreAtFault_thenTheyAreNamed() throws IOException {
    Target nowhere = new Target.Row("no-such-row", 1);
    ModelCall plain = fixture.chat(nowhere, true);
    String message = fixture.failure(plain).message();
    ModelCall naming = BackendFixture.asking(nowhere, message, true, BackendFixture.PATIENT);
    assertThat(fixture.failure(naming).message()).isEqualTo(message).contains("no-such-row");
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"UNFINISHED", "MID_CHUNK", "RESET"})
  void givenAStreamThatBreaks_whenRead_thenItIsTruncated(End end) throws IOException {
    answers(ModelAnswer.text("a", "b").ending(end));
    var events = fixture.streamed();
    assertThat(events).startsWith(new Text("a"), new Text("b"));
    assertThat(((Failure) events.getLast()).kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(events).hasSize(3);
  }

  @Test
  void givenABodyShorterThanItsContentLength_whenRead_thenItIsTruncated() throws IOException {
    answers(ModelAnswer.text("a").ending(End.SHORT));
    assertThat(whole().kind()).isEqualTo(Kind.TRUNCATED);
  }

  @Test
  void givenAnErrorEvent_whenRead_thenItsCode() throws IOException {
    answers(ModelAnswer.text("a").ending(End.ERROR_EVENT));
    assertThat(fixture.streamed())
        .containsExactly(new Text("a"), new Failure(Kind.STATUS, 503, "overloaded", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "529 data: {\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}",
        "429 data: {\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}}",
        "418 data: {\"error\":{\"code\":\"418\",\"message\":\"m\"}}",
        "400 data: {\"object\":\"error\",\"message\":\"m\",\"code\":400}",
        "500 data: {\"error\":\"m\"}",
        "500 event: error\ndata: {\"detail\":\"m\"}"
      })
  void givenAnErrorInOneOfItsShapes_whenRead_thenItsCode(String event) throws IOException {
    answers(ModelAnswer.raw("text/event-stream", event.substring(4) + "\n\n"));
    assertThat(streamed())
        .isEqualTo(new Failure(Kind.STATUS, Integer.parseInt(event.substring(0, 3)), "m", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", "text/plain", "", "text/event-streams"})
  void givenAnotherContentType_whenAStreamIsWanted_thenAProtocolError(String type)
      throws IOException {
    answers(ModelAnswer.raw(type, "data: " + OK + "\n\ndata: [DONE]\n\n"));
    assertThat(streamed().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "text/html", "text/plain", ""})
  void givenAnotherContentType_whenJsonIsWanted_thenAProtocolError(String type) throws IOException {
    answers(ModelAnswer.raw(type, OK));
    assertThat(whole().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "[]",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":[null]}",
        "{\"choices\":",
        OK + OK
      })
  void givenNoAnswerInTheBody_whenRead_thenAProtocolError(String body) throws IOException {
    answers(ModelAnswer.raw("application/json", body));
    assertThat(whole().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: {\n\n", "data: 1\n\n", "data: {\"a\":1}{}\n\n", "data:\n\n"})
  void givenNoJsonInAnEvent_whenRead_thenAProtocolError(String body) throws IOException {
    answers(ModelAnswer.raw("text/event-stream", body));
    assertThat(streamed().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void givenAnErrorInABodyOfStatus200_whenRead_thenAFailure() throws IOException {
    answers(ModelAnswer.raw("application/json", "{\"error\":{\"message\":\"m\",\"code\":502}}"));
    assertThat(whole()).isEqualTo(new Failure(Kind.STATUS, 502, "m", null));
  }

  @Test
  void givenALineOverItsLimit_whenRead_thenTooLarge() throws IOException {
    answers(ModelAnswer.text("a", "b".repeat(1_100_000)));
    assertThat(streamed().kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void givenAnAnswerOverItsTokens_whenRead_thenTooLarge() throws IOException {
    String[] pieces = new String[20];
    java.util.Arrays.fill(pieces, "b".repeat(10_000)); // 200,000 bytes; 2,000 tokens are 128,000
    answers(ModelAnswer.text(pieces));
    assertThat(streamed().kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(whole().kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void givenABodyOverItsLimit_whenRead_thenTooLarge() throws IOException {
    answers(ModelAnswer.raw("application/json", " ".repeat(8 * 1024 * 1024) + OK));
    assertThat(whole().kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void givenEndlessCommentsWithoutAnAnswer_whenRead_thenTooLarge() throws IOException {
    String comment = ": " + "x".repeat(1_000) + "\n\n";
    String none = "data: {\"choices\":[]}\n\n";
    answers(ModelAnswer.raw("text/event-stream", (comment.repeat(100) + none).repeat(100)));
    assertThat(streamed().kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void givenNoAnswer_whenTheFirstEventIsLate_thenATimeout() throws IOException {
    answers(ModelAnswer.hang());
    assertThat(streamed(new Timeouts(SHORT, LONG, LONG)).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void givenAHeadButNoEvent_whenTheFirstEventIsLate_thenATimeout() throws IOException {
    answers(ModelAnswer.text().ending(End.SILENCE));
    assertThat(streamed(new Timeouts(SHORT, LONG, LONG)).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void givenSilence_whenItIsLongerThanTheIdleLimit_thenATimeoutAfterTheText() throws IOException {
    answers(ModelAnswer.text("a").ending(End.SILENCE));
    var call =
        fixture.chat(
            fixture.metadata("custom_openai", "m", null), true, new Timeouts(LONG, SHORT, LONG));
    var events = fixture.events(call);
    assertThat(events).hasSize(2).startsWith(new Text("a"));
    assertThat(((Failure) events.getLast()).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void givenEmptyChunksForever_whenNothingIsSaid_thenATimeout() throws IOException {
    String[] pieces = new String[200];
    java.util.Arrays.fill(pieces, "");
    answers(ModelAnswer.text(pieces).every(Duration.ofMillis(5)));
    assertThat(streamed(new Timeouts(SHORT, SHORT, LONG)).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void givenAStreamThatGoesOn_whenTheTotalIsOver_thenATimeout() throws IOException {
    String[] pieces = new String[200];
    java.util.Arrays.fill(pieces, "a");
    answers(ModelAnswer.text(pieces).every(Duration.ofMillis(5)));
    assertThat(streamed(new Timeouts(LONG, LONG, Duration.ofMillis(200))).kind())
        .isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void givenAWholeAnswer_whenItIsLaterThanTheFirstEvent_thenATimeout() throws IOException {
    answers(
        (_, c) -> {
          c.send(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{");
          c.untilClosed();
        });
    ModelCall call =
        fixture.chat(
            fixture.metadata("custom_openai", "m", null), false, new Timeouts(SHORT, LONG, LONG));
    assertThat(fixture.failure(call).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void givenAReset_whenNothingWasAnswered_thenAConnectionFailure() throws IOException {
    answers(ModelAnswer.drop());
    assertThat(streamed().kind()).isEqualTo(Kind.CONNECTION);
  }

  @Test
  void givenAClosedPort_whenCalled_thenAConnectionFailure() throws IOException {
    Target closed = fixture.metadata("openai", "m", BackendFixture.CLOSED_PORT, null);
    assertThat(fixture.failure(fixture.chat(closed, true)).kind()).isEqualTo(Kind.CONNECTION);
  }

  @Test
  void givenNoHttp_whenAnswered_thenAProtocolError() throws IOException {
    answers((_, c) -> c.send("hello\r\n\r\n"));
    assertThat(streamed().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void givenACancellation_whenStreaming_thenCancelledAndTheConnectionCloses() throws Exception {
    answers(ModelAnswer.text("a").ending(End.SILENCE));
    Cancellation cancellation = new Cancellation();
    var events = new java.util.ArrayList<io.sluice.core.model.ModelEvent>();
    fixture.backend.call(
        fixture.chat(fixture.metadata("custom_openai", "m", null), true),
        cancellation,
        event -> {
          events.add(event);
          cancellation.cancel();
        });
    assertThat(((Failure) events.getLast()).kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void givenASinkThatThrows_whenStreaming_thenItsExceptionAndTheConnectionCloses() {
    answers(ModelAnswer.text("a").ending(End.SILENCE));
    IOException left = new IOException("left");
    assertThatThrownBy(
            () ->
                fixture.backend.call(
                    fixture.chat(fixture.metadata("custom_openai", "m", null), true),
                    new Cancellation(),
                    _ -> {
                      throw left;
                    }))
        .isSameAs(left);
  }

  @Test
  void givenAnEndpointThatIsNotListed_whenCalled_thenRefusedAlikeForEveryPort() throws IOException {
    String listed = fixture.stub.url();
    String other = listed.replace("127.0.0.1", "localhost");
    Failure first =
        fixture.failure(fixture.chat(fixture.metadata("openai", "m", other, null), true));
    Failure second =
        fixture.failure(
            fixture.chat(fixture.metadata("openai", "m", "http://127.0.0.1:2/v1", null), true));
    assertThat(first.kind()).isEqualTo(Kind.REFUSED);
    assertThat(first.message()).isEqualTo(second.message()).contains("--allow-endpoint");
    assertThat(fixture.stub.calls()).isEmpty();
  }

  @Test
  void givenWhatCannotBeCalled_whenCalled_thenTheSettingIsNamed() throws IOException {
    Target secretless = fixture.row("needs-key", Provider.OPENAI, "absent");
    Target bedrock = fixture.row("eu", Provider.BEDROCK, null);
    String canary = "canary key";
    assertThat(configuration(new Target.Row("none", 1))).contains("none");
    assertThat(configuration(secretless)).contains("absent", "needs-key");
    assertThat(configuration(bedrock)).contains("eu");
    assertThat(configuration(fixture.metadata("bedrock", "m", null))).contains("bedrock");
    assertThat(configuration(fixture.metadata("openai", "m", null, null)))
        .contains("model_metadata.endpoint");
    assertThat(configuration(fixture.metadata("openai", "m", canary)))
        .contains("model_metadata.api_key")
        .doesNotContain(canary);
    assertThat(configuration(fixture.metadata("azure", "../m", null))).contains("deployment");
    assertThat(fixture.stub.calls()).isEmpty();
  }

  private String configuration(Target target) throws IOException {
    Failure failure = fixture.failure(fixture.chat(target, true));
    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    return failure.message();
  }

  @Test
  void givenASecretForOtherHosts_whenCalled_thenItIsNotSent() throws IOException {
    Target target = fixture.row("m", Provider.OPENAI, "key");
    fixture.secrets.put("key", new StoredSecret(new Secret("v"), List.of("llm.corp.example")));
    assertThat(configuration(target)).contains("key", "host");
    fixture.secrets.put("own", new StoredSecret(new Secret("v"), List.of("127.0.0.1")));
    fixture.events(fixture.chat(fixture.row("m", Provider.OPENAI, "own"), true));
    assertThat(fixture.stub.lastCall().header("authorization")).isEqualTo("Bearer v");
  }

  @Test
  void givenARefusedKey_whenTheSecretHasChanged_thenTheCallIsRepeatedOnce() throws IOException {
    Target target = fixture.row("m", Provider.OPENAI, "key");
    fixture.secrets.put("key", new StoredSecret(new Secret("old"), List.of()));
    answers(ModelAnswer.text("a"), ModelAnswer.status(401, "no"), ModelAnswer.text("b"));
    assertThat(BackendFixture.text(fixture.events(fixture.chat(target, true)))).isEqualTo("a");
    fixture.secrets.put("key", new StoredSecret(new Secret("new"), List.of()));
    assertThat(BackendFixture.text(fixture.events(fixture.chat(target, true)))).isEqualTo("b");
    assertThat(fixture.stub.calls())
        .extracting(call -> call.header("authorization"))
        .containsExactly("Bearer old", "Bearer old", "Bearer new");
  }

  @Test
  void givenARefusedKey_whenTheSecretIsTheSame_thenTheRefusalIsPassedOnAtOnce() throws IOException {
    Target target = fixture.row("m", Provider.OPENAI, "key");
    fixture.secrets.put("key", new StoredSecret(new Secret("old"), List.of()));
    answers(ModelAnswer.status(401, "no"));
    assertThat(fixture.failure(fixture.chat(target, true)).status()).isEqualTo(401);
    assertThat(fixture.stub.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\":[]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":-1,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},1]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[NaN]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1e999]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[\"1\"]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[null]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":\"AAAA\"}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1,2]}]}"
      })
  void givenWrongEmbeddings_whenRead_thenAProtocolErrorAndNoVector(String body) throws IOException {
    answers(ModelAnswer.raw("application/json", body));
    var events = fixture.events(fixture.embedding("a", "b"));
    assertThat(events).hasSize(1);
    assertThat(((Failure) events.getFirst()).kind()).isEqualTo(Kind.PROTOCOL);
  }
}
