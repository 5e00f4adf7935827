package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.WireConnection;
import io.sluice.testing.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  @TempDir private static Path folder;

  private static Path bundle;
  private static SSLContext server;

  @BeforeAll
  static void makeACertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    bundle = folder.resolve("bundle.pem");
    keytool(
        "-genkeypair",
        "-keystore",
        store,
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-validity",
        "2",
        "-dname",
        "CN=model.test",
        "-ext",
        "san=dns:model.test");
    keytool("-exportcert", "-rfc", "-keystore", store, "-alias", "a", "-file", bundle);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    server = SSLContext.getInstance("TLS");
    server.init(managers.getKeyManagers(), null, null);
  }

  private static void keytool(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    command.addAll(List.of("-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static WireServer playing(WireServer.Script script) throws IOException {
    ServerSocket socket =
        server
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    return WireServer.start(socket, script);
  }

  private static WireServer answering() throws IOException {
    return playing(TlsTest::answer);
  }

  private static void answer(WireConnection connection) throws IOException {
    while (connection.request() != null) {
      connection.answer(200, "text/plain", "ok");
    }
  }

  @Test
  void givenAServerThatSaysFarewell_whenSentAgain_thenItsNextConnectionIsKept() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (WireServer server =
            playing(
                connection -> {
                  if (connections.getAndIncrement() > 0) {
                    answer(connection);
                  } else if (connection.request() != null) {
                    connection.answer(200, "text/plain", "ok");
                  }
                });
        ClientFixture fixture =
            ClientFixture.resolving("127.0.0.1", bundle, "https://model.test:" + server.port())) {
      String url = "https://model.test:" + server.port();
      assertThat(fixture.text(url)).isEqualTo("ok");
      while (server.open() > 0) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 3; i++) {
        assertThat(fixture.text(url)).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void givenAServerThatSpokeUnasked_whenSentAgain_thenNoConnectionIsKept() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch poisoned = new CountDownLatch(1);
    AtomicInteger connections = new AtomicInteger();
    try (WireServer server =
            playing(
                connection -> {
                  if (connections.getAndIncrement() == 0 && connection.request() != null) {
                    connection.answer(200, "text/plain", "ok");
                    await(answered);
                    connection.answer(200, "text/plain", "evil");
                    poisoned.countDown();
                  }
                  answer(connection);
                });
        ClientFixture fixture =
            ClientFixture.resolving("127.0.0.1", bundle, "https://model.test:" + server.port())) {
      String url = "https://model.test:" + server.port();
      assertThat(fixture.text(url)).isEqualTo("ok");
      answered.countDown();
      poisoned.await();
      for (int i = 0; i < 3; i++) {
        assertThat(fixture.text(url)).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(4);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void givenABundleThatCertifiesTheName_whenSent_thenAnsweredAndTheConnectionIsKept()
      throws IOException {
    try (WireServer server = answering();
        ClientFixture fixture =
            ClientFixture.resolving("127.0.0.1", bundle, "https://model.test:" + server.port())) {
      String url = "https://model.test:" + server.port() + "/x";
      assertThat(fixture.text(url)).isEqualTo("ok");
      assertThat(fixture.text(url)).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void givenACertificateForAnotherName_whenSent_thenRefused() throws IOException {
    try (WireServer server = answering();
        ClientFixture fixture =
            ClientFixture.resolving("127.0.0.1", bundle, "https://other.test:" + server.port())) {
      assertThatThrownBy(() -> fixture.text("https://other.test:" + server.port()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void givenNoBundle_whenTheAuthorityIsUnknown_thenRefused() throws IOException {
    try (WireServer server = answering();
        ClientFixture fixture = ClientFixture.allowing("https://model.test:" + server.port())) {
      assertThatThrownBy(() -> fixture.text("https://model.test:" + server.port()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void givenAServerThatNeverShakesHands_whenSent_thenATimeoutAtTheDeadline() {
    try (WireServer server = WireServer.start(WireConnection::untilClosed);
        ClientFixture fixture = ClientFixture.allowing("https://model.test:" + server.port())) {
      String url = "https://model.test:" + server.port();
      assertThatThrownBy(() -> fixture.get(url, Duration.ofMillis(100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void givenAFileThatIsNoBundle_whenLoaded_thenTheFileIsNamed() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    for (Path file : new Path[] {empty, folder.resolve("absent.pem")}) {
      assertThatThrownBy(() -> TrustedAuthorities.platformAnd(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
  }
}
