package io.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/embeddings/code_embeddings} (contract 6.1, 8.4). */
class EmbeddingTest {

  private static final String PATH = "/v1/embeddings/code_embeddings";

  private final RouterFixture gateway = new RouterFixture();

  /** Answers with a vector a text: its number within the call, and the length of the text. */
  private static ScriptedBackend.Script vectors(int size) {
    return (call, cancellation, events) -> {
      List<String> texts = ((ModelCall.Embedding) call.input()).texts();
      for (int i = texts.size() - 1; i >= 0; i--) {
        double[] values = new double[size];
        values[0] = i;
        values[size - 1] = texts.get(i).length();
        events.accept(new ModelEvent.Vector(i, values));
      }
      events.accept(new ModelEvent.Usage(texts.size(), 0, 0));
      events.accept(new ModelEvent.Finish("stop"));
    };
  }

  private static String body(List<String> contents, String more) {
    return "{\"model_metadata\":{\"provider\":\"litellm\",\"name\":\"embedding\","
        + "\"identifier\":\"custom_openai/nomic\",\"endpoint\":\"https://llm.corp.example/v1\"},"
        + "\"contents\":%s%s}".formatted(Json.text(JsonArray.of(contents)), more);
  }

  private static List<String> texts(int count) {
    return IntStream.rangeClosed(1, count).mapToObj("x"::repeat).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, PATH + "/index", PATH + "/search"})
  void givenTexts_whenAsked_thenVectorsComeInTheirOrder(String path) {
    gateway.backend.answer(vectors(2));

    RecordedAnswer answer = gateway.post(path, body(List.of("a", "bcd"), ""));

    assertThat(answer.text())
        .isEqualTo(
            "{\"model\":{\"engine\":\"litellm_embedding\",\"name\":\"embedding\","
                + "\"identifier\":\"custom_openai/nomic\"},\"predictions\":["
                + "{\"embedding\":[0.0,1.0],\"index\":0},{\"embedding\":[1.0,3.0],\"index\":1}]}");
    assertThat(answer.headers().first("Content-Type")).isEqualTo("application/json");
    assertThat(gateway.table.lastFeature).isEqualTo("embeddings_code");
    assertThat(gateway.backend.lastCall().input())
        .isEqualTo(new ModelCall.Embedding(List.of("a", "bcd"), null));
    assertThat(gateway.backend.lastCall().stream()).isFalse();
  }

  @Test
  void givenNumbersOfAllSizes_whenAnswered_thenTheyAreJsonAndExact() {
    double[] values = {0.1, -1.0E-5, 1.0 / 3, 0, -0.0, 1e21, Double.MIN_VALUE};
    gateway.backend.answer(
        ScriptedBackend.events(new ModelEvent.Vector(0, values), new ModelEvent.Finish("stop")));

    List<JsonObject> predictions = predictions(gateway.post(PATH, body(List.of("a"), "")));

    assertThat(numbers(predictions.getFirst()))
        .containsExactly(0.1, -1.0E-5, 1.0 / 3, 0.0, -0.0, 1e21, Double.MIN_VALUE);
  }

  @Test
  void givenDimensions_whenAsked_thenTheModelIsAskedForThem() {
    gateway.backend.answer(vectors(8));
    String more = ",\"dimensions\":8,\"litellm_drop_params\":true";

    assertThat(gateway.post(PATH, body(List.of("a"), more)).status()).isEqualTo(200);

    assertThat(((ModelCall.Embedding) gateway.backend.lastCall().input()).dimensions())
        .isEqualTo(8);
  }

  @Test
  void givenNoTexts_whenAsked_thenNoVectorsAndNoCall() {
    RecordedAnswer answer = gateway.post(PATH, body(List.of(), ""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object().array("predictions")).isEqualTo(JsonArray.EMPTY);
    assertThat(gateway.backend.calls).isEmpty();
  }

  @Test
  void givenMoreTextsThanACallTakes_whenAsked_thenTheyGoInOrderWithinOneDeadline() {
    gateway.backend.answer(vectors(4));

    RecordedAnswer answer = gateway.post(PATH, body(texts(400), ""));

    List<JsonObject> predictions = predictions(answer);
    List<Double> lengths = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      assertThat(predictions.get(i).number("index")).isEqualTo(i);
      lengths.add(numbers(predictions.get(i)).get(3));
    }
    assertThat(lengths).isEqualTo(IntStream.rangeClosed(1, 400).mapToObj(Double::valueOf).toList());
    assertThat(sizes()).containsExactly(170, 170, 60);
    Duration first = gateway.backend.calls.getFirst().timeouts().firstEvent();
    assertThat(gateway.backend.lastCall().timeouts().firstEvent()).isLessThanOrEqualTo(first);
    assertThat(tokens()).isEqualTo(400);
  }

  @Test
  void givenSmallVectors_whenAsked_thenOneCallTakesManyTexts() {
    gateway.backend.answer(vectors(8));

    gateway.post(PATH, body(texts(400), ",\"dimensions\":8"));

    assertThat(sizes()).containsExactly(400);
  }

  @Test
  void givenLongTexts_whenAsked_thenACallHasNoMoreThanAServerTakes() {
    gateway.backend.answer(vectors(8));
    List<String> long4 =
        IntStream.range(0, 4).mapToObj(i -> ("w" + i + " = f(x); ").repeat(35_000)).toList();

    gateway.post(PATH, body(long4, ""));

    assertThat(sizes()).hasSizeGreaterThan(1);
    assertThat(sizes().stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
  }

  @Test
  void givenAFailureInTheSecondBatch_whenAsked_thenTheWholeRequestFails() {
    gateway.backend.answer(vectors(4), ScriptedBackend.status(400));

    RecordedAnswer answer = gateway.post(PATH, body(texts(200), ""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(gateway.backend.calls).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 429})
  void givenAModelsVerdict_whenAsked_thenItIsPassedOnWithItsWords(int status) {
    gateway.backend.answer(ScriptedBackend.status(status));

    RecordedAnswer answer = gateway.post(PATH, body(List.of("a"), ""));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.detail()).isEqualTo("what the server said");
    assertThat(gateway.backend.calls).hasSize(1);
    assertThat(gateway.closing().text("error_code"))
        .isEqualTo(status == 429 ? "model_rate_limited" : "model_error");
    assertThat(answer.headers().first("Retry-After")).isEqualTo(status == 429 ? "1" : null);
  }

  @Test
  void givenAVerdictWithoutWords_whenAsked_thenTheStatusIsTheDetail() {
    gateway.backend.answer(ScriptedBackend.events(new Failure(Failure.Kind.STATUS, 400, "", null)));

    assertThat(gateway.post(PATH, body(List.of("a"), "")).detail()).isEqualTo("400: Bad Request");
  }

  @Test
  void givenAPassingFailure_whenAsked_thenTheSameModelIsAskedOnceMore() {
    gateway.backend.answer(ScriptedBackend.status(503), vectors(2));

    assertThat(gateway.post(PATH, body(List.of("a"), "")).status()).isEqualTo(200);
  }

  @Test
  void givenAModelThatLeavesATextOut_whenAsked_thenItIsAFailureOfTheModel() {
    gateway.backend.answer(
        ScriptedBackend.events(
            new ModelEvent.Vector(1, new double[] {1}),
            new ModelEvent.Vector(7, new double[] {1}),
            new ModelEvent.Finish("stop")));

    RecordedAnswer answer = gateway.post(PATH, body(List.of("a", "b"), ""));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(gateway.closing().text("error_code")).isEqualTo("model_protocol");
  }

  @Test
  void givenVectorsTooLargeForOneAnswer_whenAsked_thenTheErrorSaysHowManyFit() {
    gateway.backend.answer(vectors(4096));

    RecordedAnswer answer = gateway.post(PATH, body(texts(300), ""));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.detail())
        .isEqualTo(
            "contents: an answer has at most 1048576 numbers, which are 256 vectors of 4096: send"
                + " fewer texts");
    assertThat(gateway.backend.calls).hasSize(1);
  }

  @Test
  void givenContentLogging_whenAsked_thenNoTextIsRecorded() {
    gateway.table.logContent = true;
    gateway.header("X-Gitlab-Enabled-Instance-Verbose-Ai-Logs", "true");
    gateway.backend.answer(vectors(2));

    gateway.post(PATH, body(List.of("secret source"), ""));

    assertThat(gateway.audit.toString()).doesNotContain("secret source").doesNotContain("content=");
    assertThat(gateway.closing().has("attempts")).isTrue();
    assertThat(tokens()).isEqualTo(1);
  }

  private static List<JsonObject> predictions(RecordedAnswer answer) {
    return Objects.requireNonNull(answer.object().array("predictions")).items().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static List<Double> numbers(JsonObject prediction) {
    return Objects.requireNonNull(prediction.array("embedding")).items().stream()
        .map(number -> ((JsonNumber) number).doubleValue())
        .toList();
  }

  private @Nullable Long tokens() {
    return Objects.requireNonNull(gateway.closing().object("tokens")).number("input");
  }

  private List<Integer> sizes() {
    return gateway.backend.calls.stream()
        .map(call -> ((ModelCall.Embedding) call.input()).texts().size())
        .toList();
  }
}
