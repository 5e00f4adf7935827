package io.sluice.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that servers must be certified by: the platform's, and those of a
 * bundle that a deployment adds. Loaded at the first use, since a call without TLS needs none of
 * it; the bundle is asked first, so that the platform's many authorities are read only for a server
 * that it doesn't certify. Thread-safe.
 */
public final class TrustedAuthorities {

  private static final String CA_BUNDLE = "SLUICE_CA_BUNDLE";

  private final @Nullable Bundle bundle;
  private @Nullable SSLContext context;

  /** Opens certificates in PEM. */
  @FunctionalInterface
  public interface Bundle {
    InputStream open() throws IOException;
  }

  private TrustedAuthorities(@Nullable Bundle bundle) {
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
    Bundle file = () -> Files.newInputStream(bundle);
    try {
      certificates(file);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("The CA bundle " + bundle + " is not usable: " + e, e);
    }
    return new TrustedAuthorities(file);
  }

  /** The platform's authorities and those of a bundle that is there and in order. */
  public static TrustedAuthorities platformAnd(Bundle bundle) {
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
    return bundle == null
        ? null // the platform's own
        : new TrustManager[] {OrderedTrust.before(certificates(bundle))};
  }

  private static Collection<? extends Certificate> certificates(Bundle bundle)
      throws IOException, GeneralSecurityException {
    try (InputStream in = bundle.open()) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("it holds no certificate");
      }
      return found;
    }
  }
}
