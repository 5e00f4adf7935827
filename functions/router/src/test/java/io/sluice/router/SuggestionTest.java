package io.sluice.router;

import static io.sluice.router.RouterFixture.V3;
import static io.sluice.router.RouterFixture.V4;
import static io.sluice.router.ScriptedBackend.failure;
import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.router.answer.KeepAlive;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v3/code/completions} and {@code /v4/code/suggestions} (contract 3.6). */
class SuggestionTest {

  private static final String STREAM = "\"stream\":true,";

  private final RouterFixture gateway = new RouterFixture();

  private static String generation(String more) {
    return """
    {"prompt_components":[{"type":"code_editor_generation","payload":{%s
      "file_name":"main.py","content_above_cursor":"# add\\n","content_below_cursor":"\\n",
      "language_identifier":"Python","prompt_id":"code_suggestions/generations",
      "prompt_version":"^1.0.0","prompt_enhancer":{"examples_array":[],
      "trimmed_content_above_cursor":"# add\\n","trimmed_content_below_cursor":"\\n",
      "related_files":[],"related_snippets":[],"libraries":[],
      "user_instruction":"add two numbers {{x}}"}}}],
     "model_metadata":{"provider":"openai","name":"mistral",
      "endpoint":"https://llm.corp.example/v1","api_key":null,"identifier":""}}
    """
        .formatted(more);
  }

  private static String completion(String more) {
    return """
    {"prompt_components":[{"type":"code_editor_completion","payload":{%s
      "file_name":"main.py","content_above_cursor":"def add(","content_below_cursor":"\\n"}},
      {"type":"code_context","payload":{"type":"file","name":"b.py","content":"zq-context"}}],
     "model_metadata":{"provider":"custom","name":"codestral",
      "endpoint":"https://llm.corp.example/v1"}}
    """
        .formatted(more);
  }

  @ParameterizedTest
  @ValueSource(strings = {V3, V4})
  void givenAGeneration_whenAsked_thenTheAnswerIsJson(String path) {
    gateway.backend.answer(text("```python\ndef add(): ...\n```"));

    RecordedAnswer answer = gateway.post(path, generation(""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .matches(
            """
            \\{"choices":\\[\\{"text":"def add\\(\\): ...\\\\n","index":0,"finish_reason":"length"\\}\\],\
            "metadata":\\{"model":\\{"engine":"agent","name":"[^"]+","lang":"python"\\},\
            "timestamp":1790000000,"enabled_feature_flags":\\[\\],"region":null\\},\
            "model":\\{"engine":"agent","name":"[^"]+","lang":"python"\\}\\}\
            """);
    assertThat(((ModelCall.Chat) gateway.backend.lastCall().input()).messages())
        .anyMatch(message -> message.content().contains("add two numbers {{x}}"));
    assertThat(gateway.table.lastFeature).isEqualTo("code_generations");
  }

  @ParameterizedTest
  @ValueSource(strings = {V3, V4})
  void givenACompletion_whenAsked_thenItEchoesTheRequestsModel(String path) {
    RecordedAnswer answer = gateway.post(path, completion(""));

    JsonObject model = answer.object().object("model");
    assertThat(model)
        .isEqualTo(
            JsonObject.builder()
                .put("engine", "custom")
                .put("name", "codestral")
                .put("lang", "python")
                .build());
    assertThat(gateway.table.lastFeature).isEqualTo("code_completions");
  }

  @Test
  void givenContext_whenTheLanguageServerIsNewEnough_thenItReachesTheModel() {
    gateway.post(V4, completion(""));
    assertThat(gateway.backend.lastCall().input().toString()).doesNotContain("zq-context");

    gateway.header("X-Gitlab-Language-Server-Version", "7.17.1");
    gateway.post(V4, completion(""));
    assertThat(gateway.backend.lastCall().input().toString()).contains("zq-context");
  }

  @ParameterizedTest
  @CsvSource({
    "7.17.0, false",
    "7.17, false",
    "7.17.1-beta, false",
    "7.17.1, true",
    "7.18.0-alpha.1, true",
    "7.20, true",
    "10.0.0, true",
    "x, false",
  })
  void givenAVersionOfTheLanguageServer_whenCompleted_thenContextCountsSince7171(
      String version, boolean counts) {
    gateway.header("X-Gitlab-Language-Server-Version", version);
    gateway.post(V4, completion(""));

    assertThat(gateway.backend.lastCall().input().toString().contains("zq-context"))
        .isEqualTo(counts);
  }

  @Test
  void givenNoLanguage_whenCompleted_thenNoModelIsAsked() {
    RecordedAnswer answer = gateway.post(V4, completion(STREAM).replace("main.py", "noext"));

    assertThat(answer.object().array("choices")).isEmpty();
    assertThat(gateway.backend.calls).isEmpty();
  }

  @Test
  void givenAnEventStream_whenGenerated_thenEventsAreFramedAsTheContractSays() {
    gateway.backend.answer(text("```cpp\nint ma", "in() { }\n", "```"));

    RecordedAnswer answer = gateway.post(V4, generation(STREAM));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("X-Streaming-Format")).isEqualTo("sse");
    assertThat(answer.headers().first("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.headers().first("X-Accel-Buffering")).isEqualTo("no");
    assertThat(answer.text())
        .matches(
            """
            event: stream_start\r
            data: \\{"metadata": \\{"model": \\{"engine": "agent", "name": "[^"]+"\\}, \
            "timestamp": 1790000000, "enabled_feature_flags": \\[\\], "region": "us-central1"\\}\\}\r
            \r
            event: content_chunk\r
            data: \\{"choices": \\[\\{"delta": \\{"content": "int main\\(\\) \\{ \\}\\\\n"\\}, "index": 0\\}\\]\\}\r
            \r
            event: stream_end\r
            data: null\r
            \r
            """);
    assertThat(answer.ended()).isTrue();
  }

  @Test
  void givenARawStream_whenGenerated_thenThereIsTextAlone() {
    gateway.backend.answer(text("return", " a\n", "+ b"));

    RecordedAnswer answer = gateway.post(V3, generation(STREAM));

    assertThat(answer.text()).isEqualTo("return a\n+ b");
    assertThat(answer.headers().first("X-Streaming-Format")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {V3, V4})
  void givenAModelThatFailsBeforeItsFirstText_whenStreamed_thenTheStatusIsReal(String path) {
    gateway.backend.answer(
        ScriptedBackend.events(
            new ModelEvent.Text(""),
            new ModelEvent.Reasoning("hm"),
            new Failure(Failure.Kind.STATUS, 401, "bad key", null)));

    RecordedAnswer answer = gateway.post(path, generation(STREAM));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.detail()).isEqualTo("The model server answered 401: Unauthorized");
    assertThat(gateway.closing().text("error_code")).isEqualTo("model_error");
  }

  @Test
  void givenAConnectionLostMidStream_whenStreamedAsEvents_thenAnErrorEventEndsIt() {
    gateway.backend.answer(
        ScriptedBackend.events(
            new ModelEvent.Text("one\ntwo"), new Failure(Failure.Kind.TRUNCATED, 0, "lost", null)));

    RecordedAnswer answer = gateway.post(V4, generation(STREAM));

    assertThat(answer.text())
        .contains("\"content\": \"one\\n\"", "\"content\": \"two\"")
        .endsWith(
            "event: error\r\ndata: {\"status\": 502, \"code\": \"model_truncated\", \"detail\":"
                + " \"The model server broke off its answer\"}\r\n\r\n")
        .doesNotContain("stream_end");
    assertThat(gateway.closing().text("outcome")).isEqualTo("failed");
  }

  @Test
  void givenAConnectionLostMidStream_whenStreamedAsText_thenTheBodyIsBrokenOff() {
    gateway.backend.answer(
        ScriptedBackend.events(
            new ModelEvent.Text("one\ntwo"), new Failure(Failure.Kind.TRUNCATED, 0, "lost", null)));

    RecordedAnswer answer = gateway.post(V3, generation(STREAM));

    assertThat(answer.text()).isEqualTo("one\ntwo");
    assertThat(answer.aborted()).isTrue();
    assertThat(answer.ended()).isFalse();
    assertThat(gateway.closing().text("error_code")).isEqualTo("model_truncated");
  }

  @Test
  void givenASilentModel_whenStreamedAsEvents_thenTheStreamIsKeptAlive() {
    CountDownLatch pinged = new CountDownLatch(2);
    gateway.keepAlive = new KeepAlive(Duration.ofMillis(1), Duration.ofMillis(1));
    gateway.onWrite =
        piece -> {
          if (piece.startsWith(": ping")) {
            pinged.countDown();
          }
        };
    gateway.backend.answer(
        (call, cancellation, events) -> {
          await(pinged);
          text("late").run(call, cancellation, events);
        });

    RecordedAnswer answer = gateway.post(V4, completion(STREAM));

    assertThat(answer.text())
        .startsWith("event: stream_start\r\n")
        .contains(": ping\r\n\r\n", "\"content\": \"late\"")
        .endsWith("event: stream_end\r\ndata: null\r\n\r\n");
  }

  @Test
  void givenAStreamKeptAlive_whenTheModelFails_thenTheFailureIsToldInBand() {
    CountDownLatch begun = new CountDownLatch(1);
    gateway.keepAlive = new KeepAlive(Duration.ofMillis(1), Duration.ofMinutes(1));
    gateway.onWrite = piece -> begun.countDown();
    gateway.backend.answer(
        (call, cancellation, events) -> {
          await(begun);
          failure(Failure.Kind.TIMEOUT, 0, null).run(call, cancellation, events);
        });

    RecordedAnswer answer = gateway.post(V4, completion(STREAM));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("event: error\r\ndata: {\"status\": 504, \"code\": \"model_timeout\"")
        .doesNotContain("stream_end");
  }

  @ParameterizedTest
  @ValueSource(strings = {V3, V4})
  void givenACallerWhoLeaves_whenStreamed_thenTheModelCallIsCancelled(String path) {
    RecordedAnswer answer = new RecordedAnswer(piece -> {});
    boolean[] cancelled = new boolean[1];
    gateway.backend.answer(
        (call, cancellation, events) -> {
          events.accept(new ModelEvent.Text("one\n"));
          answer.leave();
          cancelled[0] = cancellation.isCancelled();
          events.accept(new Failure(Failure.Kind.CANCELLED, 0, "nobody waits", null));
        });

    gateway.send(
        "POST",
        path,
        new io.sluice.core.http.Body.Complete(
            generation(STREAM).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        answer);

    assertThat(cancelled[0]).isTrue();
    assertThat(gateway.closing().text("outcome")).isEqualTo("abandoned");
    assertThat(Json.text(gateway.closing())).contains("\"cancelled\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {V3, V4})
  void givenNoScopeOrAUserToken_whenAsked_thenForbidden(String path) {
    gateway.scopes = Set.of("generate_code");
    assertThat(gateway.post(path, completion("")).detail())
        .isEqualTo("Unauthorized to access code suggestions");

    gateway.scopes = Set.of("complete_code");
    assertThat(gateway.post(path, generation("")).status()).isEqualTo(403);

    gateway.userToken = true;
    assertThat(gateway.post(path, completion("")).status()).isEqualTo(403);
    assertThat(gateway.backend.calls).isEmpty();
  }

  @Test
  void givenAnUnknownPrompt_whenGenerated_thenBadRequest() {
    RecordedAnswer answer =
        gateway.post(V4, generation("").replace("code_suggestions/generations", "../x"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).startsWith("Failed to load prompt definition for '../x'");
  }

  @Test
  void givenACharacterInTwoPieces_whenStreamed_thenItArrivesWhole() {
    gateway.backend.answer(text("\ud83d", "\ude00"));

    assertThat(gateway.post(V3, completion(STREAM)).text()).isEqualTo("\ud83d\ude00");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing happened");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
