package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * A certificate authority that nobody trusts by himself, made by the JDK's keytool: a root, an
 * authority below it that issues, and servers' certificates for {@code localhost}, with RSA keys as
 * AWS's services have them and with elliptic-curve keys. All are valid for two days. Immutable.
 */
public final class TestAuthority {

  private static final String PASSWORD = "changeit";
  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path bundle;
  private final KeyStore keys;

  private TestAuthority(Path bundle, KeyStore keys) {
    this.bundle = bundle;
    this.keys = keys;
  }

  /** Makes an authority, whose files lie in that folder. */
  public static TestAuthority in(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("authority.p12");
    key(store, "root", "RSA", "-ext", "bc:c=ca:true");
    key(store, "issuing", "RSA", "-signer", "root", "-ext", "bc:c=ca:true,pathlen:0");
    for (String algorithm : List.of("RSA", "EC")) {
      key(store, algorithm, algorithm, "-signer", "issuing", "-ext", "san=dns:localhost");
    }
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      String root = PEM.encodeToString(keys.getCertificate("root").getEncoded());
      String pem = "-----BEGIN CERTIFICATE-----\n" + root + "\n-----END CERTIFICATE-----\n";
      return new TestAuthority(Files.writeString(folder.resolve("authority.pem"), pem), keys);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK reads what its keytool wrote", e);
    }
  }

  private static void key(Path store, String alias, String algorithm, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair"));
    command.addAll(List.of("-alias", alias, "-keyalg", algorithm));
    command.addAll(
        algorithm.equals("EC") ? List.of("-groupname", "secp256r1") : List.of("-keysize", "2048"));
    command.addAll(List.of("-validity", "2", "-startdate", "-1d", "-dname", "CN=Test " + alias));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool failed: " + output);
    }
  }

  /** A file with the root's certificate in PEM: who trusts it trusts the servers. */
  public Path bundle() {
    return bundle;
  }

  /** Makes sockets of a server with an RSA key, certified as {@code localhost}. */
  public SSLServerSocketFactory rsaServer() {
    return server("RSA");
  }

  /** Makes sockets of a server with an elliptic-curve key, certified as {@code localhost}. */
  public SSLServerSocketFactory ecServer() {
    return server("EC");
  }

  private SSLServerSocketFactory server(String alias) {
    char[] password = PASSWORD.toCharArray();
    try {
      KeyStore only = KeyStore.getInstance("PKCS12");
      only.load(null, null);
      only.setKeyEntry(
          alias, keys.getKey(alias, password), password, keys.getCertificateChain(alias));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(only, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context.getServerSocketFactory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK speaks TLS", e);
    }
  }
}
