package io.sluice.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What well-formed callers may do. */
class WireTest {

  private Server server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = new Server();
    client = server.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void givenBody_whenSentByteByByte_thenHandlerSeesAllOfIt() throws IOException {
    String request =
        "POST /a%2Fb?q=1&r HTTP/1.1\r\nHost: a\r\nX-A:\t v \r\nContent-Length: 3\r\n\r\nabc";
    for (int i = 0; i < request.length(); i++) {
      client.send(request.substring(i, i + 1));
    }
    assertThat(client.upTo("] abc"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("POST /a%2Fb?q=1&r HTTP/1.1 [")
        .contains("X-A=v")
        .contains("content-length: ")
        .contains("date: ");
  }

  @Test
  void givenChunkedBody_whenSent_thenJoinedAndTrailersDropped() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("2;name=\"v\"\r\nab\r\n1\r\nc\r\n0\r\nAuthorization: Bearer x\r\nX-T: t\r\n\r\n");
    assertThat(client.upTo("] abc")).doesNotContain("Bearer").doesNotContain("X-T");
  }

  @Test
  void givenRequestsInOneWrite_whenAnswered_thenInOrder() throws IOException {
    client.send(
        get("/1") + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx" + get("/3"));
    assertThat(client.upTo("GET /3?")).containsSubsequence("GET /1?", "POST /2?", "] x", "GET /3?");
  }

  @Test
  void givenKeptConnection_whenUsedAgain_thenServedAgain() throws IOException {
    client.send(get("/1")).upTo("/1?");
    assertThat(client.send("\r\n" + get("/2")).upTo("GET /2?")).doesNotContain("connection: close");
  }

  @Test
  void givenConnectionClose_whenAnswered_thenConnectionEnds() throws IOException {
    client.send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(client.rest()).contains("connection: close").contains("GET /1?");
  }

  @Test
  void givenHttp10_whenAnswered_thenConnectionEnds() throws IOException {
    client.send("GET /1 HTTP/1.0\r\n\r\n");
    assertThat(client.rest()).startsWith("HTTP/1.1 200 OK").contains("GET /1? HTTP/1.0");
  }

  @Test
  void givenHead_whenAnswered_thenLengthButNoBody() throws IOException {
    client.send("HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\n" + get("/2"));
    String answers = client.upTo("GET /2?");
    assertThat(answers).doesNotContain("HEAD /1");
    assertThat(answers.split("content-length: ", -1)).hasSize(3);
  }

  @Test
  void givenExpectation_whenHeadArrives_thenContinueIsSent() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(client.send("ok").upTo("] ok")).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void givenAbsoluteTarget_whenSent_thenHandlerSeesItsPath() throws IOException {
    client.send("GET http://b.example/p?q HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.upTo("[")).contains("GET /p?q HTTP");
    try (RawClient second = server.client()) {
      second.send("GET http://b.example?q HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(second.upTo("[")).contains("GET /?q HTTP");
    }
    try (RawClient third = server.client()) {
      third.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(third.upTo("[")).contains("OPTIONS /*? HTTP");
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }
}
