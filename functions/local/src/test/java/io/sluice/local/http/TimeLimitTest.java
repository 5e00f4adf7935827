package io.sluice.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each limit is set alone, so that only it can end the connection. */
class TimeLimitTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration NEVER = Duration.ZERO;

  @Test
  void givenSilentConnection_whenFirstByteIsDue_thenClosed() throws IOException {
    try (Server server = server(Server.limits(SOON, NEVER, NEVER, NEVER, NEVER));
        RawClient client = server.client()) {
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void givenHalfHead_whenItIsDue_then408() throws IOException {
    try (Server server = server(Server.limits(NEVER, SOON, NEVER, NEVER, NEVER));
        RawClient client = server.client()) {
      assertThat(client.send("GET / HT").rest()).startsWith("HTTP/1.1 408 ");
      assertThat(server.log())
          .singleElement()
          .extracting(l -> l.number("status_code"))
          .isEqualTo(408L);
    }
  }

  @Test
  void givenHalfBody_whenItIsDue_thenTooSlow() throws IOException {
    try (Server server = server(Server.limits(NEVER, NEVER, SOON, NEVER, NEVER));
        RawClient client = server.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
      assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("too slow");
    }
  }

  @Test
  void givenKeptConnection_whenIdle_thenClosed() throws IOException {
    try (Server server = server(Server.limits(NEVER, NEVER, NEVER, SOON, NEVER));
        RawClient client = server.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void givenCallerThatReadsNothing_whenStalled_thenHandlerSeesItGone() throws Exception {
    byte[] piece = new byte[64 * 1024];
    var gone = new java.util.concurrent.CompletableFuture<IOException>();
    try (Server server =
            new Server(
                Server.limits(NEVER, NEVER, NEVER, NEVER, SOON),
                (request, response) -> {
                  try {
                    response.begin(200, io.sluice.core.http.Headers.EMPTY);
                    while (true) {
                      response.write(piece);
                    }
                  } catch (IOException e) {
                    gone.complete(e);
                    throw e;
                  }
                });
        RawClient client = server.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(gone.get()).hasMessage("the caller has left");
    }
  }

  private static Server server(HttpLimits limits) throws IOException {
    return new Server(limits, Server::echo);
  }
}
