package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.ModelAnswer.End;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelStubTest {

  private static final String STREAM =
      "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

  private final ModelStub stub = ModelStub.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    stub.close();
    client.shutdownNow();
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(stub.url() + path))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void givenAChat_whenStreamed_thenEventsWithUsageAndDone() throws Exception {
    stub.model("m", ModelAnswer.text("a", "b").withReasoning("hm").after(Duration.ofMillis(1)));
    assertThat(post("/chat/completions", STREAM).body())
        .containsSubsequence("hm", "\"content\":\"a\"", "\"content\":\"b\"", "\"stop\"", "usage")
        .endsWith("data: [DONE]\n\n");
    assertThat(stub.lastCall().path()).isEqualTo("/v1/chat/completions");
    assertThat(stub.lastCall().header("content-length")).isEqualTo("" + STREAM.length());
  }

  @Test
  void givenBehavioursInTurn_whenCalled_thenTheLastRepeats() throws Exception {
    stub.byDefault(
        ModelAnswer.status(429, "slow", "Retry-After: 7"),
        ModelAnswer.text("x").finishing("length").withoutUsage());
    HttpResponse<String> first = post("/completions", "{}");
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("retry-after")).contains("7");
    for (int i = 0; i < 2; i++) {
      assertThat(post("/completions", "{}").body()).contains("\"text\":\"x\"", "length");
    }
    assertThat(stub.calls()).hasSize(3);
    assertThat(stub.acceptedConnections()).isPositive();
    assertThat(stub.openConnections()).isPositive();
  }

  @Test
  void givenTexts_whenEmbedded_thenOneVectorEach() throws Exception {
    assertThat(post("/embeddings", "{\"input\":[\"a\",\"b\"],\"dimensions\":2}").body())
        .contains("\"embedding\":[0.5,1.0]", "\"embedding\":[1.5,2.0]");
    assertThat(post("/embeddings", "{\"input\":[\"a\"]}").body()).contains("0.125");
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"MID_CHUNK", "RESET"})
  void givenABreak_whenStreamed_thenTheCallerSeesIt(End end) {
    stub.model("m", ModelAnswer.text("a").ending(end));
    assertThatThrownBy(() -> post("/chat/completions", STREAM)).isInstanceOf(IOException.class);
  }

  @Test
  void givenAShortBody_whenRead_thenTheCallerSeesIt() {
    stub.byDefault(ModelAnswer.text("a").ending(End.SHORT));
    assertThatThrownBy(() -> post("/chat/completions", "{}")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"WITHOUT_DONE", "UNFINISHED", "ERROR_EVENT"})
  void givenAnIncompleteEnd_whenStreamed_thenTheBodyEndsWithoutDone(End end) throws Exception {
    stub.model("m", ModelAnswer.text("a").ending(end).every(Duration.ofMillis(1)));
    String body = post("/chat/completions", STREAM).body();
    assertThat(body).doesNotContain("[DONE]");
    assertThat(body.contains("overloaded")).isEqualTo(end == End.ERROR_EVENT);
  }

  @Test
  void givenRawAnswersAndDrops_whenCalled_thenAsTheTestSays() throws Exception {
    stub.byDefault(ModelAnswer.raw("text/html", "<p>"));
    assertThat(post("/chat/completions", "{}").body()).isEqualTo("<p>");
    stub.byDefault(ModelAnswer.drop());
    assertThatThrownBy(() -> post("/chat/completions", "{}")).isInstanceOf(IOException.class);
    stub.byDefault(ModelAnswer.hang());
    HttpRequest hanging =
        HttpRequest.newBuilder(URI.create(stub.url() + "/chat/completions"))
            .timeout(Duration.ofMillis(50))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThatThrownBy(() -> client.send(hanging, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(java.net.http.HttpTimeoutException.class);
  }
}
