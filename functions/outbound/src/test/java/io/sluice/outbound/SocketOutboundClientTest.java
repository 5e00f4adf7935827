package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.testing.WireConnection;
import io.sluice.testing.WireServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketOutboundClientTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(60);

  private static WireServer answering(String bytes) {
    return WireServer.start(
        connection -> {
          while (connection.request() != null) {
            connection.send(bytes);
          }
        });
  }

  private static WireServer answeringOnce(String bytes) {
    return WireServer.start(
        connection -> {
          connection.request();
          connection.send(bytes);
        });
  }

  @Test
  void givenARequest_whenSent_thenTheServerGetsItWhole() throws IOException {
    WireConnection.Request[] seen = new WireConnection.Request[1];
    try (WireServer server =
            WireServer.start(
                connection -> {
                  seen[0] = connection.request();
                  connection.answer(200, "text/plain", "ok");
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
      try (OutboundResponse response =
          fixture.post(server.origin() + "/v1/x?api-version=1", body, LONG, new Cancellation())) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().first("content-type")).isEqualTo("text/plain");
        assertThat(ClientFixture.text(response)).isEqualTo("ok");
      }
      assertThat(seen[0].method()).isEqualTo("POST");
      assertThat(seen[0].target()).isEqualTo("/v1/x?api-version=1");
      assertThat(seen[0].headers())
          .containsEntry("host", "127.0.0.1:" + server.port())
          .containsEntry("content-length", "7")
          .containsEntry("content-type", "application/json");
      assertThat(seen[0].text()).isEqualTo("{\"a\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 103 Hints\r\n"
            + "A: b\r\n\r\n"
            + "HTTP/1.1 200 OK\r\n"
            + "content-length:5\r\n\r\n"
            + "hello",
        "HTTP/1.1 200 OK\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "3\r\n"
            + "hel\r\n"
            + "2;x=y\r\n"
            + "lo\r\n"
            + "0\r\n"
            + "Trailer: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n00005 \r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"
      })
  void givenAFramingOfHttp_whenRead_thenTheBodyIsWhole(String bytes) throws IOException {
    try (WireServer server = answeringOnce(bytes);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThat(fixture.text(server.origin())).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\u0000\r\n\r\n",
        "HTTP/1.1 200 OK\nA: b\n\n",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
        "HTTP/1.1 20x OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n"
      })
  void givenAnAnswerInDoubt_whenRead_thenAProtocolError(String bytes) {
    try (WireServer server = answeringOnce(bytes);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThatThrownBy(() -> fixture.text(server.origin())).isInstanceOf(ProtocolException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "\r\n",
        "-1\r\n",
        "5x\r\n",
        "1234567890abc\r\n",
        "5\nhello",
        "3\r\nhello\r\n"
      })
  void givenAMalformedChunk_whenRead_thenAProtocolError(String chunk) {
    String bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk;
    try (WireServer server = answeringOnce(bytes);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThatThrownBy(() -> fixture.text(server.origin())).isInstanceOf(ProtocolException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "Transfer-Encoding: chunked\r\n\r\n9\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"
      })
  void givenABodyCutShort_whenRead_thenEndOfFile(String rest) {
    try (WireServer server = answeringOnce("HTTP/1.1 200 OK\r\n" + rest);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThatThrownBy(() -> fixture.text(server.origin())).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void givenAHeadBeyondItsLimits_whenRead_thenAProtocolError() {
    for (String lines :
        new String[] {"A: " + "b".repeat(70_000) + "\r\n", "A: b\r\n".repeat(201)}) {
      try (WireServer server = answeringOnce("HTTP/1.1 200 OK\r\n" + lines + "\r\n");
          ClientFixture fixture = ClientFixture.allowing(server.origin())) {
        assertThatThrownBy(() -> fixture.text(server.origin()))
            .isInstanceOf(ProtocolException.class);
      }
    }
  }

  @Test
  void givenEndlessInterimAnswers_whenRead_thenAProtocolError() {
    try (WireServer server = answeringOnce("HTTP/1.1 100 Continue\r\n\r\n".repeat(20));
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThatThrownBy(() -> fixture.text(server.origin())).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void givenARedirect_whenAnswered_thenItIsNotFollowed() throws IOException {
    try (WireServer server =
            answering(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        ClientFixture fixture = ClientFixture.allowing(server.origin());
        OutboundResponse response = fixture.get(server.origin())) {
      assertThat(response.status()).isEqualTo(302);
    }
  }

  @Test
  void givenNoBodyByStatus_whenRead_thenTheConnectionIsKept() throws IOException {
    try (WireServer server = answering("HTTP/1.1 204 No Content\r\n\r\n");
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThat(fixture.text(server.origin())).isEmpty();
      assertThat(fixture.text(server.origin())).isEmpty();
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void givenAHeaderThatBreaksItsLine_whenSent_thenRefusedWithoutItsValue() {
    try (WireServer server = answering("");
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      OutboundRequest request =
          new OutboundRequest(
              "GET",
              URI.create(server.origin()),
              io.sluice.core.http.Headers.of("Authorization", "Bearer canary\r\nX: y"),
              new byte[0],
              Deadline.after(LONG));
      assertThatThrownBy(() -> fixture.client.send(request, new Cancellation()))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("Authorization")
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void givenAPolicy_whenItRefuses_thenNothingIsResolvedOrConnected() {
    try (ClientFixture fixture = ClientFixture.allowing()) {
      for (String url :
          new String[] {"http://2130706433/", "ftp://model.test/", "http://u@model.test/"}) {
        assertThatThrownBy(() -> fixture.get(url)).isInstanceOf(RefusedEndpointException.class);
      }
      assertThat(fixture.lookups).hasValue(0);
    }
  }

  @Test
  void givenANameOfALoopbackAddress_whenNotListed_thenRefusedAlikeForOpenAndClosedPorts() {
    try (WireServer server = answering("");
        ClientFixture fixture = ClientFixture.allowing("http://127.0.0.1:1")) {
      String[] texts = new String[2];
      int[] ports = {server.port(), 9};
      for (int i = 0; i < 2; i++) {
        String url = "http://model.test:" + ports[i];
        texts[i] =
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    RefusedEndpointException.class, () -> fixture.get(url))
                .getMessage();
      }
      assertThat(texts[0]).isEqualTo(texts[1]);
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void givenTheMetadataServicesAddress_whenNamed_thenRefused() {
    try (ClientFixture fixture = ClientFixture.resolving("169.254.169.254", null)) {
      assertThatThrownBy(() -> fixture.get("http://model.test/latest"))
          .isInstanceOf(RefusedEndpointException.class);
      assertThatThrownBy(() -> fixture.get("http://169.254.169.254/latest"))
          .isInstanceOf(RefusedEndpointException.class);
    }
  }

  @Test
  void givenAClosedPort_whenSent_thenAConnectException() {
    String closed = "http://127.0.0.1:1"; // below the ephemeral ports: nothing ever gets it
    try (ClientFixture fixture = ClientFixture.allowing(closed)) {
      assertThatThrownBy(() -> fixture.get(closed)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void givenAServerThatNeverAnswers_whenSent_thenATimeoutAtTheDeadline() {
    try (WireServer server = WireServer.start(WireConnection::untilClosed);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThatThrownBy(() -> fixture.get(server.origin(), SHORT))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void givenAServerThatDribbles_whenTheDeadlinePasses_thenATimeout() {
    CountDownLatch over = new CountDownLatch(1);
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.request();
                  for (int i = 0; over.getCount() > 0; i++) {
                    connection.send(i == 0 ? "HTTP/1.1 200 OK\r\nA: " : "b");
                    pause();
                  }
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThatThrownBy(() -> fixture.get(server.origin(), SHORT))
          .isInstanceOf(SocketTimeoutException.class);
      over.countDown();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void givenASilentBody_whenTheReadDeadlinePasses_thenATimeout() throws IOException {
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                  connection.untilClosed();
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin());
        OutboundResponse response = fixture.get(server.origin())) {
      assertThat(response.body().readNBytes(2)).hasSize(2);
      response.readDeadline(Deadline.after(SHORT));
      assertThatThrownBy(() -> response.body().read()).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void givenAServerThatDoesNotRead_whenALargeBodyIsSent_thenATimeoutAtTheDeadline() {
    CountDownLatch over = new CountDownLatch(1);
    try (WireServer server =
            WireServer.start(
                connection -> {
                  try {
                    over.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      byte[] body = new byte[32 * 1024 * 1024];
      assertThatThrownBy(
              () -> fixture.post(server.origin(), body, Duration.ofMillis(300), new Cancellation()))
          .isInstanceOf(SocketTimeoutException.class);
      over.countDown();
    }
  }

  @Test
  void givenAServerThatRefusesABodyUnread_whenSent_thenItsAnswerIsSeen() throws IOException {
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.send(
                      "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                  connection.untilClosed();
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin());
        OutboundResponse response =
            fixture.post(server.origin(), new byte[100_000], LONG, new Cancellation())) {
      assertThat(response.status()).isEqualTo(413);
    }
  }

  @Test
  void givenACancellation_whenWaitingForTheHead_thenTheConnectionIsClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.request();
                  asked.countDown();
                  connection.untilClosed();
                  left.countDown();
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      Cancellation cancellation = new Cancellation();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  asked.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                cancellation.cancel();
              });
      assertThatThrownBy(() -> fixture.post(server.origin(), new byte[2], LONG, cancellation))
          .isInstanceOf(IOException.class);
      left.await();
    }
  }

  @Test
  void givenACancellationBefore_whenSent_thenNothingIsAnswered() {
    try (WireServer server = answering("HTTP/1.1 204 X\r\n\r\n");
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      Cancellation cancellation = new Cancellation();
      cancellation.cancel();
      assertThatThrownBy(() -> fixture.post(server.origin(), new byte[2], LONG, cancellation))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void givenAnotherThread_whenItClosesTheResponse_thenTheReadEnds() throws Exception {
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                  connection.untilClosed();
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin());
        OutboundResponse response = fixture.get(server.origin())) {
      response.readDeadline(Deadline.after(LONG));
      assertThat(response.body().readNBytes(2)).hasSize(2);
      Thread closer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      response.body().close();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      assertThatThrownBy(() -> response.body().read()).isInstanceOf(IOException.class);
      closer.join();
    }
  }
}
