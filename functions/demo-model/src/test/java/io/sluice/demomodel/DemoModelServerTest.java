package io.sluice.demomodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoModelServerTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String HELLO =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]%s}";

  private final HttpClient client = HttpClient.newHttpClient();
  private DemoModelServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        DemoModelServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "tiny");
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
  }

  @Test
  void givenALoadingModel_whenAsked_thenItSaysSo() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"loading\"}");
    HttpResponse<String> answer = post(CHAT, HELLO.formatted(""));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void givenALoadedModel_whenModelsAreListed_thenItIsThere() throws Exception {
    server.ready(new ScriptedModel(false, "x"));

    assertThat(get("/health").body()).isEqualTo("{\"status\":\"ready\"}");
    assertThat(get("/v1/models").body()).contains("\"id\":\"tiny\"");
    assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void givenAChat_whenNotStreamed_thenTheAnswerIsWhole() throws Exception {
    server.ready(new ScriptedModel(false, "Good", " day", "!"));

    JsonObject answer = json(post(CHAT, HELLO.formatted("")).body());

    assertThat(Json.text(answer))
        .contains("\"message\":{\"role\":\"assistant\",\"content\":\"Good day!\"}")
        .contains("\"finish_reason\":\"stop\"")
        .contains("\"completion_tokens\":3");
  }

  @Test
  void givenFewerTokensThanTheAnswer_whenAsked_thenTheReasonIsLength() throws Exception {
    server.ready(new ScriptedModel(false, "Good", " day", "!"));

    String chat = post(CHAT, HELLO.formatted(",\"max_completion_tokens\":2")).body();
    String text = post("/v1/completions", "{\"prompt\":\"x\",\"max_tokens\":1}").body();

    assertThat(chat).contains("\"Good day\"").contains("\"finish_reason\":\"length\"");
    assertThat(text).contains("\"text\":\"Good\"").contains("\"finish_reason\":\"length\"");
  }

  @Test
  void givenAStream_whenAsked_thenEachTokenIsAnEventAndUsageFollows() throws Exception {
    server.ready(new ScriptedModel(false, "Good", " day", "!"));

    List<String> events =
        events(
            post(
                    CHAT,
                    HELLO.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                .body());

    assertThat(events).hasSize(7).last().isEqualTo("[DONE]");
    assertThat(events.get(0)).contains("\"role\":\"assistant\"");
    assertThat(events.get(2)).contains("\"delta\":{\"content\":\" day\"}");
    assertThat(events.get(4)).contains("\"delta\":{}").contains("\"finish_reason\":\"stop\"");
    assertThat(events.get(5)).contains("\"choices\":[]").contains("\"total_tokens\":6");
  }

  @Test
  void givenAStopTextAcrossTokens_whenStreamed_thenNothingOfItIsSent() throws Exception {
    server.ready(new ScriptedModel(true, "keep", "<e", "nd", ">", "gone"));

    List<String> events =
        events(
            post("/v1/completions", "{\"prompt\":[\"x\"],\"stream\":true,\"stop\":\"<end>\"}")
                .body());

    assertThat(events).hasSize(4);
    assertThat(events.get(1)).contains("\"text\":\"keep\"");
    assertThat(events.get(2)).contains("\"finish_reason\":\"stop\"");
  }

  @Test
  void givenAFailingModel_whenStreamed_thenTheStreamHasNoFinish() throws Exception {
    server.ready(new ScriptedModel(false, "a", "FAIL"));

    List<String> events = events(post(CHAT, HELLO.formatted(",\"stream\":true")).body());

    assertThat(events).last().asString().contains("\"code\":\"model_failed\"");
    assertThat(String.join("", events)).doesNotContain("[DONE]").doesNotContain("\"stop\"");
    assertThat(post(CHAT, HELLO.formatted("")).statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "{}",
        "{\"messages\":[]}",
        "{\"messages\":[1]}",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":1}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":[1]}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":0}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":3}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stop\":[1]}",
      })
  void givenABadRequest_whenPosted_thenItIsRefused(String body) throws Exception {
    server.ready(new ScriptedModel(false, "x"));

    HttpResponse<String> answer = post(CHAT, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer.body()).object("error")).isNotNull();
  }

  @Test
  void givenContentInParts_whenPosted_thenItIsRead() throws Exception {
    server.ready(new ScriptedModel(false, "x"));
    String parts =
        "{\"messages\":[{\"role\":\"developer\",\"content\":\"d\"},{\"role\":\"assistant\",\"content\":\"a\"},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}],"
            + "\"temperature\":0,\"stop\":[\"y\"]}";

    assertThat(post(CHAT, parts).statusCode()).isEqualTo(200);
    assertThat(post("/v1/completions", "{\"prompt\":\"\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void givenALongPrompt_whenPosted_thenTheLimitIsNamed() throws Exception {
    server.ready(new ScriptedModel(false, "x"));

    String words = post("/v1/completions", "{\"prompt\":\"" + "w ".repeat(1501) + "\"}").body();
    String letters = post("/v1/completions", "{\"prompt\":\"" + "w".repeat(60_001) + "\"}").body();
    int huge = post("/v1/completions", " ".repeat(1024 * 1024 + 1)).statusCode();

    assertThat(words).contains("1501 tokens").contains("at most 1500 tokens");
    assertThat(letters).contains("60001 characters");
    assertThat(huge).isEqualTo(413);
  }

  @Test
  void givenConcurrentRequests_whenPosted_thenTheyTakeTurns() throws Exception {
    ScriptedModel model = new ScriptedModel(false, "a", "b");
    server.ready(model);
    List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      requests.add(() -> post(CHAT, HELLO.formatted("")));
    }

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<HttpResponse<String>> answer : threads.invokeAll(requests)) {
        assertThat(answer.get().body()).contains("\"ab\"");
      }
    }

    assertThat(model.ranTogether).isFalse();
  }

  @Test
  void givenACallerThatLeaves_whenStreaming_thenTheGenerationEnds() throws Exception {
    ScriptedModel model = new ScriptedModel(true, "on ");
    server.ready(model);
    byte[] body = HELLO.formatted(",\"stream\":true").getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String head =
          "POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(64)).hasSize(64);
    }

    assertThat(model.ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givenARunningStream_whenTheServerCloses_thenTheModelIsClosedAfterItsEnd() throws Exception {
    ScriptedModel model = new ScriptedModel(true, "on ");
    server.ready(model);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<InputStream>> answer =
          threads.submit(
              () ->
                  client.send(
                      request(CHAT, HELLO.formatted(",\"stream\":true")),
                      HttpResponse.BodyHandlers.ofInputStream()));
      assertThat(answer.get().statusCode()).isEqualTo(200);
      server.close();
    }

    assertThat(model.closed).isTrue();
    assertThat(model.running).hasValue(0);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static List<String> events(String body) {
    assertThat(body).endsWith("\n\n");
    return List.of(body.strip().replaceAll("(?m)^data: ", "").split("\n\n", -1));
  }

  private static JsonObject json(String text) throws JsonSyntaxException {
    return (JsonObject) Json.read(text);
  }
}
