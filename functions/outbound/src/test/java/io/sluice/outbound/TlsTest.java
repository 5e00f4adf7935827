package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.TestAuthority;
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
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsTest {

  @TempDir private static Path folder;

  private static Path bundle;
  private static Path stranger;
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
    stranger = TestAuthority.in(Files.createDirectory(folder.resolve("stranger"))).bundle();
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
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("No subject alternative DNS name matching other.test");
      assertThat(server.accepted()).isEqualTo(1);
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

  /** A server that shakes hands only so. */
  private static WireServer demanding(Consumer<SSLParameters> demand) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    SSLParameters parameters = socket.getSSLParameters();
    demand.accept(parameters);
    socket.setSSLParameters(parameters);
    return WireServer.start(
        socket,
        connection -> {
          if (connection.request() != null) {
            connection.answer(200, "text/plain", "ok"); // once, so that each request connects
          }
        });
  }

  static Stream<Arguments> demands() {
    Consumer<SSLParameters> older = p -> p.setProtocols(new String[] {"TLSv1.2"});
    Consumer<SSLParameters> curve = p -> p.setNamedGroups(new String[] {"secp256r1"});
    Consumer<SSLParameters> cipher =
        p -> p.setCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"});
    return Stream.of(
        Arguments.of("TLS 1.2", older),
        Arguments.of("another curve", curve),
        Arguments.of("another cipher suite", cipher));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("demands")
  void givenAServerThatRefusesTheLeanOffer_whenSent_thenAnsweredAndRemembered(
      String name, Consumer<SSLParameters> demand) throws IOException {
    try (WireServer server = demanding(demand);
        ClientFixture fixture =
            ClientFixture.resolving("127.0.0.1", bundle, "https://model.test:" + server.port())) {
      String url = "https://model.test:" + server.port();
      assertThat(fixture.text(url)).isEqualTo("ok");
      while (server.open() > 0) {
        Thread.onSpinWait();
      }
      assertThat(fixture.text(url)).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void givenAServerThatResetsHandshakes_whenSent_thenTriedAtMostOnceMoreAndRefused()
      throws IOException {
    try (WireServer server = WireServer.start(WireConnection::reset);
        ClientFixture fixture =
            ClientFixture.resolving("127.0.0.1", bundle, "https://model.test:" + server.port())) {
      assertThatThrownBy(() -> fixture.text("https://model.test:" + server.port()))
          .isInstanceOf(IOException.class);
      assertThat(server.accepted()).isBetween(1, 2); // a reset may come before the handshake
    }
  }

  @Test
  void givenABundleWithoutTheAuthority_whenSent_thenRefusedWithoutASecondTry() throws IOException {
    try (WireServer server = answering();
        ClientFixture fixture =
            ClientFixture.resolving("127.0.0.1", stranger, "https://model.test:" + server.port())) {
      assertThatThrownBy(() -> fixture.text("https://model.test:" + server.port()))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("unable to find valid certification path");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void givenTheFewCertify_whenJudged_thenThePlatformIsNotAsked() throws Exception {
    OrderedTrust trust =
        new OrderedTrust(
            List.of(certificate(bundle)),
            () -> {
              throw new AssertionError("asked");
            });
    trust.checkServerTrusted(new X509Certificate[] {certificate(bundle)}, "UNKNOWN");
  }

  @Test
  void givenOnlyThePlatformCertifies_whenJudged_thenTrusted() throws Exception {
    X509ExtendedTrustManager platform = OrderedTrust.manager(List.of(certificate(bundle)));
    OrderedTrust trust = new OrderedTrust(List.of(certificate(stranger)), () -> platform);
    trust.checkServerTrusted(new X509Certificate[] {certificate(bundle)}, "UNKNOWN");
    assertThat(trust.getAcceptedIssuers())
        .containsExactlyInAnyOrder(certificate(bundle), certificate(stranger));
  }

  @Test
  void givenAClientsCertificate_whenJudged_thenRefused() throws Exception {
    OrderedTrust trust = OrderedTrust.before(List.of(certificate(bundle)));
    X509Certificate[] chain = {certificate(bundle)};
    assertThatThrownBy(() -> trust.checkClientTrusted(chain, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  private static X509Certificate certificate(Path pem) throws Exception {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
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
