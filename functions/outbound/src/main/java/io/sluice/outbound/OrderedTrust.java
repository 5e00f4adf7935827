package io.sluice.outbound;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts what a few authorities certify or what the platform's do, and asks in that order: the
 * platform's are over a hundred, which are read only for a server that the few don't certify. Each
 * of both judges the whole certificate, its name included. Thread-safe.
 */
final class OrderedTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager few;
  private final Platform source;
  private @Nullable X509ExtendedTrustManager platform;

  /** Reads the platform's authorities. */
  @FunctionalInterface
  interface Platform {
    X509ExtendedTrustManager read() throws GeneralSecurityException;
  }

  OrderedTrust(Collection<? extends Certificate> few, Platform source)
      throws GeneralSecurityException {
    this.few = manager(few);
    this.source = source;
  }

  /** Trusts these and the platform's. */
  static OrderedTrust before(Collection<? extends Certificate> few)
      throws GeneralSecurityException {
    return new OrderedTrust(few, () -> manager((KeyStore) null));
  }

  /** Trusts these alone. */
  static X509ExtendedTrustManager manager(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    int count = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry(Integer.toString(count++), certificate);
    }
    return manager(store);
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("the platform judges no X.509 certificates");
  }

  private synchronized X509ExtendedTrustManager platform() throws CertificateException {
    X509ExtendedTrustManager made = platform;
    if (made == null) {
      try {
        made = source.read();
      } catch (GeneralSecurityException e) {
        throw new CertificateException("the platform's authorities can't be read", e);
      }
      platform = made;
    }
    return made;
  }

  /** A judgement by one of both. */
  private interface Judgement {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private void judge(Judgement judgement) throws CertificateException {
    try {
      judgement.by(few);
    } catch (CertificateException byFew) {
      try {
        judgement.by(platform());
      } catch (CertificateException byPlatform) {
        // Who knows the authority can tell what else is wrong: the name, say.
        boolean known = !(byFew.getCause() instanceof CertPathBuilderException);
        throw known ? byFew : byPlatform;
      }
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge(manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judge(manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge(manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw refusal();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw refusal();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw refusal();
  }

  private static CertificateException refusal() {
    return new CertificateException("these authorities certify servers, no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    try {
      return Stream.of(few, platform())
          .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
          .toArray(X509Certificate[]::new);
    } catch (CertificateException e) {
      return few.getAcceptedIssuers();
    }
  }
}
