package io.sluice.doctor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import io.sluice.doctor.report.Result;
import io.sluice.outbound.TrustedAuthorities;
import io.sluice.testing.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, good and bad, over real sockets. */
class ConnectionCheckTest {

  @TempDir private Path folder;

  private List<Diagnosis> found(WireServer server, boolean tls, TrustedAuthorities authorities)
      throws IOException {
    Ledger ledger = new Ledger("Connection");
    new ConnectionCheck(
            "Connection", "127.0.0.1", server.port(), tls, authorities, Clock.systemUTC())
        .examine(ledger);
    assertThat(ledger.results()).hasSize(1);
    return ledger.results().stream()
        .filter(Result.Finding.class::isInstance)
        .map(result -> ((Result.Finding) result).diagnosis())
        .toList();
  }

  /** What is found of a certificate of that start, validity and name, where it is trusted. */
  private List<Diagnosis> found(String start, int days, String san) throws Exception {
    try (WireServer server = server(start, days, san)) {
      return found(server, true, TrustedAuthorities.platformAnd(folder.resolve("bundle.pem")));
    }
  }

  private WireServer server(String start, int days, String san) throws Exception {
    Path store = folder.resolve("store.p12");
    Path bundle = folder.resolve("bundle.pem");
    Files.deleteIfExists(store);
    Files.deleteIfExists(bundle);
    keytool(
        "-genkeypair -alias a -keyalg EC -dname CN=a -startdate %s -validity %d -ext san=%s"
            .formatted(start, days, san),
        store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    Files.writeString(
        bundle,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getCertificate("a").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return WireServer.start(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1")),
        connection -> connection.request());
  }

  private static void keytool(String arguments, Path store) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void givenGoodCertificate_whenTrusted_thenHealthy() throws Exception {
    assertThat(found("-1d", 60, "ip:127.0.0.1")).isEmpty();
  }

  @Test
  void givenGoodCertificate_whenNotTrusted_thenFound() throws Exception {
    try (WireServer server = server("-1d", 60, "ip:127.0.0.1")) {
      assertThat(found(server, true, TrustedAuthorities.platform()))
          .containsExactly(Diagnosis.TLS_UNTRUSTED);
    }
  }

  @Test
  void givenCertificates_whenNotForThisNameOrTime_thenFound() throws Exception {
    assertThat(found("-1d", 60, "ip:127.0.0.2")).containsExactly(Diagnosis.TLS_NAME);
    assertThat(found("-9d", 3, "ip:127.0.0.1")).containsExactly(Diagnosis.TLS_EXPIRED);
    assertThat(found("-1d", 9, "ip:127.0.0.1")).containsExactly(Diagnosis.TLS_EXPIRES_SOON);
  }

  @Test
  void givenPlainServer_whenTlsIsWanted_thenFound() throws Exception {
    try (WireServer server = WireServer.start(connection -> connection.answer(400, "a/b", ""))) {
      assertThat(found(server, true, TrustedAuthorities.platform()))
          .containsExactly(Diagnosis.TLS_BROKEN);
      assertThat(found(server, false, TrustedAuthorities.platform())).isEmpty();
    }
  }

  @Test
  void givenNameWithoutAddress_whenConnected_thenUnchecked() throws Exception {
    Ledger ledger = new Ledger("Connection");
    new ConnectionCheck(
            "Connection",
            "no-such-host.invalid",
            443,
            true,
            TrustedAuthorities.platform(),
            Clock.systemUTC())
        .examine(ledger);
    assertThat(ledger.results()).singleElement().isInstanceOf(Result.Unchecked.class);
  }
}
