package io.sluice.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void givenStream_whenPieceIsWritten_thenItLeavesBeforeTheNext() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> {
                  response.begin(200, Headers.of("Content-Type", "text/plain"));
                  response.write(bytes("one"));
                  response.write(new byte[0]);
                  await(read);
                  response.write(bytes("two"));
                  response.end();
                });
        RawClient client = server.client()) {
      assertThat(client.send(GET).upTo("3\r\none\r\n"))
          .startsWith("HTTP/1.1 200 OK")
          .contains("transfer-encoding: chunked");
      read.countDown();
      assertThat(client.upTo("0\r\n\r\n")).isEqualTo("3\r\ntwo\r\n0\r\n\r\n");
      assertThat(client.send(GET).upTo("0\r\n\r\n")).as("kept").startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void givenHttp10_whenStreamed_thenEndsWithConnection() throws IOException {
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> {
                  response.begin(200, Headers.EMPTY);
                  response.write(bytes("one"));
                  response.end();
                });
        RawClient client = server.client()) {
      assertThat(client.send("GET / HTTP/1.0\r\n\r\n").rest())
          .doesNotContain("chunked")
          .endsWith("\r\n\r\none");
    }
  }

  @Test
  void givenHead_whenStreamed_thenNoBody() throws IOException {
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> {
                  response.begin(200, Headers.EMPTY);
                  response.write(bytes("one"));
                  response.end();
                });
        RawClient client = server.client()) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }
  }

  @Test
  void givenLargeAnswer_whenSent_thenWhole() throws IOException {
    byte[] large = bytes("x".repeat(3_000_000));
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> response.send(new HttpResponse(200, Headers.EMPTY, large)));
        RawClient client = server.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.rest())
          .contains("content-length: 3000000")
          .hasSizeGreaterThan(3_000_000)
          .endsWith("xxx");
    }
  }

  @Test
  void givenNoContent_whenSent_thenNeitherLengthNorBody() throws IOException {
    try (Server server =
            new Server(
                Server.small(),
                (request, response) ->
                    response.send(new HttpResponse(204, Headers.EMPTY, bytes("x"))));
        RawClient client = server.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.rest()).doesNotContain("content-length").endsWith("\r\n\r\n");
    }
  }

  @Test
  void givenStream_whenAborted_thenCallerHasWhatWasWrittenButNoEnd() throws IOException {
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> {
                  response.begin(200, Headers.EMPTY);
                  response.write(bytes("one"));
                  response.abort();
                  response.abort();
                });
        RawClient client = server.client()) {
      assertThat(client.send(GET).rest()).endsWith("3\r\none\r\n");
    }
  }

  @Test
  void givenHandlerThatThrows_whenNothingWasSent_thenConnectionEndsAndIsLogged()
      throws IOException {
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> {
                  throw new IllegalStateException("a secret");
                });
        RawClient client = server.client()) {
      assertThat(client.send(GET).rest()).isEmpty();
      assertThat(server.log().toString())
          .contains("IllegalStateException")
          .doesNotContain("secret");
    }
  }

  @Test
  void givenHeaderThatWouldSplitTheAnswer_whenSent_thenRefused() throws IOException {
    CompletableFuture<Exception> thrown = new CompletableFuture<>();
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> {
                  try {
                    response.send(HttpResponse.text(200, "x").with("X-A", "a\r\nX-B: b"));
                  } catch (IllegalArgumentException e) {
                    thrown.complete(e);
                    response.send(HttpResponse.text(500, "refused"));
                  }
                });
        RawClient client = server.client()) {
      assertThat(client.send(GET).upTo("refused")).startsWith("HTTP/1.1 500").doesNotContain("X-B");
      assertThat(thrown).isCompleted();
    }
  }

  @Test
  void givenAnswerThatHasEnded_whenUsedAgain_thenIllegalState() throws Exception {
    CompletableFuture<Exception> thrown = new CompletableFuture<>();
    try (Server server =
            new Server(
                Server.small(),
                (request, response) -> {
                  response.send(HttpResponse.text(200, "x"));
                  try {
                    response.write(bytes("y"));
                  } catch (IllegalStateException e) {
                    thrown.complete(e);
                  }
                });
        RawClient client = server.client()) {
      client.send(GET).head();
      assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void givenHandlerAtWork_whenCallerLeaves_thenItIsTold() throws IOException {
    Gate gate = new Gate();
    try (Server server = new Server(Server.small(), gate)) {
      try (RawClient client = server.client()) {
        client.send(GET);
        gate.awaitRequest();
      }
      gate.awaitCallerLeft();
      gate.open();
    }
  }

  @Test
  void givenCallerThatHasLeft_whenActionIsRegistered_thenItRunsAtOnce() throws Exception {
    Gate gate = new Gate();
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    try (Server server =
        new Server(
            Server.small(),
            (request, response) -> {
              try {
                gate.handle(request, response);
              } catch (IOException e) {
                response.onClosed(() -> ran.complete(true));
              }
            })) {
      try (RawClient client = server.client()) {
        client.send(GET);
        gate.awaitRequest();
      }
      gate.awaitCallerLeft();
      gate.open();
      assertThat(ran.get()).isTrue();
    }
  }

  @Test
  void givenStreamUnderWay_whenServerStops_thenItFinishesAndIdleConnectionsEnd() throws Exception {
    Gate gate = new Gate();
    Server server = new Server(Server.small(), gate);
    try (RawClient idle = server.client();
        RawClient busy = server.client()) {
      busy.send(GET);
      gate.awaitRequest();
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(() -> server.http().stop(Duration.ofSeconds(30)));
      assertThat(idle.ended()).isTrue();
      gate.open();
      assertThat(busy.rest()).startsWith("HTTP/1.1 200");
      stopped.get();
    }
  }

  @Test
  void givenPortInUse_whenStarted_thenIoException() throws IOException {
    try (Server server = new Server()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () ->
                  HttpServer.start(
                      server.http().address(),
                      null,
                      Server::echo,
                      HttpLimits.standard(),
                      (level, logger, message, fields) -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
