package io.sluice.core.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.exchange.ExchangeHandler;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProxyEdgeTest {

  private static final Path EVENTS = Path.of("../../events");

  private final List<JsonObject> records = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  @Test
  void givenACaller_whenHandled_thenTheHandlerKnowsIt() throws Exception {
    ProxyEdge edge = edge(e -> e.send(HttpResponse.text(200, String.valueOf(e.trail().caller()))));

    handle(edge, Files.readString(EVENTS.resolve("code_completions.json")));

    assertThat(answer.toString(StandardCharsets.UTF_8))
        .startsWith("{\"statusCode\":200")
        .contains("\0\0\0\0\0\0\0\0Caller[");
    assertThat(records.getLast().text("outcome")).isEqualTo("answered");
  }

  @Test
  void givenNoCaller_whenTheRequestNeedsOne_thenItIsRefused() throws Exception {
    handle(
        edge(e -> e.send(HttpResponse.text(200, "never"))),
        "{\"httpMethod\":\"GET\",\"path\":\"/v1\"}");

    assertThat(answer.toString(StandardCharsets.UTF_8))
        .startsWith("{\"statusCode\":401")
        .endsWith("{\"error\":\"Forbidden by auth provider\"}");
    assertThat(records.getLast().text("error_code")).isEqualTo("unauthenticated");
  }

  @Test
  void givenNoCaller_whenTheRequestIsOpen_thenItIsAnswered() throws Exception {
    handle(
        edge(e -> e.send(HttpResponse.text(200, "open"))),
        "{\"httpMethod\":\"GET\",\"path\":\"/open\"}");

    assertThat(answer.toString(StandardCharsets.UTF_8)).endsWith("open");
  }

  @Test
  void givenAnotherEvent_whenHandled_thenItIsIgnoredAndTold() throws Exception {
    handle(edge(e -> e.send(HttpResponse.text(200, "never"))), "{\"Records\":[]}");

    assertThat(answer.toString(StandardCharsets.UTF_8)).isEqualTo("{}");
    assertThat(lines).anyMatch(line -> line.contains("was ignored"));
    assertThat(records).isEmpty();
  }

  @Test
  void givenAnEnd_whenARequestIsUnderWay_thenTheRuntimeIsToldThatItBrokeOff() {
    ProxyEdge[] edge = new ProxyEdge[1];
    edge[0] =
        edge(
            e -> {
              e.begin(200, Headers.EMPTY);
              CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
              e.onClosed(() -> cancelled.complete(true));
              Thread.ofVirtual().start(edge[0]::close);
              cancelled.join();
              throw new IOException("cancelled");
            });

    assertThatThrownBy(() -> handle(edge[0], "{\"httpMethod\":\"GET\",\"path\":\"/open\"}"))
        .isInstanceOf(IOException.class)
        .hasMessage("the answer was broken off");

    assertThat(records.getLast().text("outcome")).isEqualTo("terminated");
  }

  private ProxyEdge edge(ExchangeHandler handler) {
    return new ProxyEdge(
        request -> request.rawPath().equals("/open"),
        handler,
        records::add,
        (level, logger, message, fields) -> lines.add(message),
        Clock.systemUTC());
  }

  private void handle(ProxyEdge edge, String event) throws IOException {
    edge.handle(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        answer,
        Duration.ofMinutes(1),
        "request-1");
  }
}
