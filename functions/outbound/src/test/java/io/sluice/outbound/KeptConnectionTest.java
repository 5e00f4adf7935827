package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.WireServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptConnectionTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static WireServer answering(String bytes) {
    return WireServer.start(
        connection -> {
          while (connection.request() != null) {
            connection.send(bytes);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK,
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
      })
  void givenAnAnswerReadToItsEnd_whenTheNextIsSent_thenTheConnectionIsUsedAgain(String bytes)
      throws IOException {
    try (WireServer server = answering(bytes);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      for (int i = 0; i < 3; i++) {
        assertThat(fixture.text(server.origin())).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(fixture.lookups).hasValue(1);
    }
  }

  @Test
  void givenAStreamLeftAtItsLastEvent_whenClosed_thenTheConnectionIsUsedAgain() throws IOException {
    try (WireServer server =
            answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      for (int i = 0; i < 3; i++) {
        try (OutboundResponse response = fixture.get(server.origin())) {
          assertThat(response.body().readNBytes(2)).hasSize(2);
        }
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
        OK + "x",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nevil"
      })
  void givenMoreThanAnAnswerOrAFarewell_whenTheNextIsSent_thenAFreshConnection(String bytes)
      throws IOException {
    try (WireServer server = answering(bytes);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      for (int i = 0; i < 3; i++) {
        assertThat(fixture.text(server.origin())).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void givenBytesOnAnIdleConnection_whenTheNextIsSent_thenTheyNeverReachItsAnswer()
      throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch poisoned = new CountDownLatch(1);
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.request();
                  connection.send(OK);
                  await(answered);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                  poisoned.countDown();
                  connection.untilClosed();
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      answered.countDown();
      poisoned.await();
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OK + "x", OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"})
  void givenAnOriginThatOnceSentMoreThanAsked_whenItBehaves_thenItsConnectionsAreNotKeptAtFirst(
      String first) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (WireServer server =
            WireServer.start(
                connection -> {
                  while (connection.request() != null) {
                    connection.send(requests.getAndIncrement() == 0 ? first : OK);
                  }
                });
        WireServer other = answering(OK);
        ClientFixture fixture = ClientFixture.allowing(server.origin(), other.origin())) {
      for (int i = 0; i < 3; i++) {
        assertThat(fixture.text(server.origin())).isEqualTo("ok");
        assertThat(fixture.text(other.origin())).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(3);
      assertThat(other.accepted()).as("others are kept").isEqualTo(1);
      fixture.clock.addAndGet(ConnectionPool.DISTRUST_MILLIS + 1);
      for (int i = 0; i < 3; i++) {
        assertThat(fixture.text(server.origin())).isEqualTo("ok");
      }
      assertThat(server.accepted()).as("forgotten").isEqualTo(4);
    }
  }

  @Test
  void givenAnOriginThatSpokeUnasked_whenCalled_thenNoneOfItsWaitingConnectionsIsUsed()
      throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch poisoned = new CountDownLatch(1);
    AtomicInteger connections = new AtomicInteger();
    try (WireServer server =
            WireServer.start(
                connection -> {
                  boolean poisons = connections.incrementAndGet() == 2;
                  while (connection.request() != null) {
                    connection.send(OK);
                    if (poisons) {
                      await(answered);
                      connection.send("evil");
                      poisoned.countDown();
                    }
                  }
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      try (OutboundResponse one = fixture.get(server.origin());
          OutboundResponse two = fixture.get(server.origin())) {
        assertThat(ClientFixture.text(one)).isEqualTo("ok");
        assertThat(ClientFixture.text(two)).isEqualTo("ok");
      }
      answered.countDown();
      poisoned.await();
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      assertThat(server.accepted()).as("neither the second nor the first again").isEqualTo(4);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {60_001, 3_600_000, -1})
  void givenAConnectionIdleTooLongByTheWallClock_whenTheNextIsSent_thenAFreshOne(long later)
      throws IOException {
    try (WireServer server = answering(OK);
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      fixture.clock.addAndGet(later);
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void givenAServerThatClosedAKeptConnection_whenTheNextIsSent_thenItIsSentOnceMore()
      throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.request();
                  connection.send(OK);
                  if (connection.request() != null) {
                    requests.incrementAndGet();
                    connection.reset();
                  }
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void givenAKeptConnectionThatBreaksInsideAnAnswer_whenRead_thenItIsNotSentAgain()
      throws IOException {
    try (WireServer server =
            WireServer.start(
                connection -> {
                  connection.request();
                  connection.send(OK);
                  connection.request();
                  connection.send("HTTP/1.1 2");
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThat(fixture.text(server.origin())).isEqualTo("ok");
      assertThatThrownBy(() -> fixture.text(server.origin())).isInstanceOf(IOException.class);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void givenAFreshConnectionThatIsClosed_whenSent_thenItIsNotSentAgain() {
    try (WireServer server = WireServer.start(connection -> connection.request());
        ClientFixture fixture = ClientFixture.allowing(server.origin())) {
      assertThatThrownBy(() -> fixture.text(server.origin())).isInstanceOf(IOException.class);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void givenManyCallsAtOnce_whenSent_thenEachGetsItsOwnAnswer() throws Exception {
    try (WireServer server =
            WireServer.start(
                connection -> {
                  for (var request = connection.request();
                      request != null;
                      request = connection.request()) {
                    connection.answer(200, "text/plain", request.target());
                  }
                });
        ClientFixture fixture = ClientFixture.allowing(server.origin());
        var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new java.util.ArrayList<java.util.concurrent.Future<String>>();
      for (int i = 0; i < 300; i++) {
        String path = "/" + i;
        answers.add(threads.submit(() -> fixture.text(server.origin() + path)));
      }
      for (int i = 0; i < 300; i++) {
        assertThat(answers.get(i).get()).isEqualTo("/" + i);
      }
    }
  }
}
