package io.sluice.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that servers must be certified by: the platform's, and those of a
 * bundle that a deployment adds. Loaded at the first use, since a call without TLS needs none of
 * it. Thread-safe.
 */
public final class TrustedAuthorities {

  private static final String CA_BUNDLE = "SLUICE_CA_BUNDLE";

  private final @Nullable Path bundle;
  private @Nullable SSLContext context;

  private TrustedAuthorities(@Nullable Path bundle) {
    this.bundle = bundle;
  }

  /** The platform's authorities alone. */
  public static TrustedAuthorities platform() {
    return new TrustedAuthorities(null);
  }

  /**
   * The platform's authorities and those of a file of PEM certificates.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds no certificate
   */
  public static TrustedAuthorities platformAnd(Path bundle) {
    try {
      certificates(bundle);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("The CA bundle " + bundle + " is not usable: " + e, e);
    }
    return new TrustedAuthorities(bundle);
  }

  /**
   * The platform's authorities, and those of the file that {@code SLUICE_CA_BUNDLE} names.
   *
   * @throws IllegalArgumentException if the file is not usable; the message names the variable
   */
  public static TrustedAuthorities of(Map<String, String> environment) {
    String file = environment.getOrDefault(CA_BUNDLE, "");
    if (file.isBlank()) {
      return platform();
    }
    try {
      return platformAnd(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(CA_BUNDLE + ": " + e.getMessage(), e);
    }
  }

  /** Makes TLS sockets that trust these authorities. */
  SSLSocketFactory sockets() throws IOException {
    return context().getSocketFactory();
  }

  /**
   * A TLS context of clients that trust these authorities; always the same one.
   *
   * @throws IOException if the bundle can no longer be read, or the platform has no TLS
   */
  public synchronized SSLContext context() throws IOException {
    SSLContext made = context;
    if (made == null) {
      try {
        made = SSLContext.getInstance("TLS");
        made.init(null, managers(), null);
      } catch (GeneralSecurityException e) {
        throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
      }
      context = made;
    }
    return made;
  }

  private TrustManager @Nullable [] managers() throws GeneralSecurityException, IOException {
    if (bundle == null) {
      return null; // the platform's own
    }
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int count = 0;
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager platform) {
        for (X509Certificate certificate : platform.getAcceptedIssuers()) {
          all.setCertificateEntry("platform-" + count++, certificate);
        }
      }
    }
    for (Certificate certificate : certificates(bundle)) {
      all.setCertificateEntry("bundle-" + count++, certificate);
    }
    return managers(all);
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Iterable<? extends Certificate> certificates(Path bundle)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(bundle)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("it holds no certificate");
      }
      return found;
    }
  }
}
