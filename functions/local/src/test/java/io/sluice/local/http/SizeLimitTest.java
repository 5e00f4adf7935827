package io.sluice.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SizeLimitTest {

  private Server server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = new Server(Server.small(), Server::echo);
    client = server.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void givenLongRequestLine_whenSent_then414() throws IOException {
    assertThat(client.send("GET /" + "a".repeat(2_000)).rest()).startsWith("HTTP/1.1 414 ");
  }

  @Test
  void givenLargeHead_whenSent_then431() throws IOException {
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(5_000));
    assertThat(client.rest()).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void givenManyHeaderLines_whenSent_then431() throws IOException {
    client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "X-A: 1\r\n".repeat(30) + "\r\n");
    assertThat(client.rest()).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void givenAllowedHeaderLines_whenSent_thenServed() throws IOException {
    client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "X-A: 1\r\n".repeat(19) + "\r\n");
    assertThat(client.head()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void givenLargeLength_whenAnnounced_thenTooLargeWithoutWaiting() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n");
    assertThat(client.rest()).startsWith("HTTP/1.1 413 ").contains("connection: close");
  }

  @Test
  void givenLargeLengthAndExpectation_whenAnnounced_thenNoContinue() throws IOException {
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n");
    assertThat(client.rest()).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void givenLargeBody_whenSentBeforeReading_thenAnswerIsStillReadable() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\n");
    client.send("a".repeat(600_000));
    assertThat(client.rest()).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void givenChunkedBody_whenTooLarge_thenRefusedBeforeItsEnd() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = "ffff\r\n" + "a".repeat(0xffff) + "\r\n";
    assertThat(client.send(chunk + chunk).rest()).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void givenBodyOfExactlyTheLimit_whenSent_thenServed() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    assertThat(client.send("a".repeat(100_000)).head()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void givenMoreThanIsDrained_whenSent_thenConnectionIsCut() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n");
    byte[] piece = new byte[100_000];
    boolean cut = false;
    for (int i = 0; i < 900 && !cut; i++) {
      try {
        client.send(piece);
      } catch (IOException e) {
        cut = true;
      }
    }
    assertThat(cut).isTrue();
  }

  @Test
  void givenHandlerAtWork_whenCallerSendsTooMuchMore_thenAnsweredOnceAndClosed()
      throws IOException {
    Gate gate = new Gate();
    try (Server slow = new Server(Server.small(), gate);
        RawClient early = slow.client()) {
      early.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
      gate.awaitRequest();
      early.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(200));
      early.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(200));
      gate.open();
      assertThat(early.rest()).startsWith("HTTP/1.1 200 ").doesNotContain("GET /2 ");
    }
  }

  @Test
  void givenAllConnectionsTaken_whenOneMoreComes_thenClosedUntilOneIsFree() throws IOException {
    HttpLimits few =
        new HttpLimits(
            1_000,
            4_000,
            20,
            1_000,
            1_000,
            1_000,
            Server.small().firstByte(),
            Server.small().head(),
            Server.small().body(),
            Server.small().idle(),
            Server.small().stall(),
            Server.small().linger(),
            1);
    try (Server narrow = new Server(few, Server::echo);
        RawClient first = narrow.client()) {
      first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head();
      try (RawClient second = narrow.client()) {
        assertThat(second.ended()).isTrue();
      }
    }
  }
}
