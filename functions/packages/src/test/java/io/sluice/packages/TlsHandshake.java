package io.sluice.packages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Speaks TLS with itself, with the elliptic-curve key of a store; started in the layer's runtime.
 */
public final class TlsHandshake {

  private TlsHandshake() {}

  public static void main(String[] arguments) throws Exception {
    char[] password = arguments[1].toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(Path.of(arguments[0]))) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, password);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    try (SSLServerSocket listener =
            (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var served =
          threads.submit(
              () -> {
                try (SSLSocket server = (SSLSocket) listener.accept()) {
                  server.startHandshake();
                }
                return null;
              });
      try (SSLSocket client =
          (SSLSocket)
              context.getSocketFactory().createSocket("127.0.0.1", listener.getLocalPort())) {
        client.startHandshake();
        System.out.println(
            client.getSession().getProtocol()
                + " "
                + client.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm());
      }
      served.get();
    }
  }
}
