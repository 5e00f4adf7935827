package io.sluice.local;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads certificate and key. */
final class TlsFiles {

  private TlsFiles() {}

  /** TLS 1.2 and 1.3 with these files; {@code null} where plain HTTP is wanted. */
  static @Nullable SslContext load(Settings settings) throws StartupException {
    if (settings.tlsCertificate() == null || settings.tlsKey() == null) {
      return null;
    }
    try {
      return SslContextBuilder.forServer(
              settings.tlsCertificate().toFile(), settings.tlsKey().toFile())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(
          "--tls-cert, --tls-key", "not a certificate chain and its unencrypted PKCS#8 key in PEM");
    }
  }
}
