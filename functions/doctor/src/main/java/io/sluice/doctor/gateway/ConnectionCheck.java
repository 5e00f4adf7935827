package io.sluice.doctor.gateway;

import io.sluice.doctor.Check;
import io.sluice.doctor.Reasons;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import io.sluice.outbound.TrustedAuthorities;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Whether a host takes a connection, and shows a certificate that holds. Immutable. */
public final class ConnectionCheck implements Check {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration SOON = Duration.ofDays(21);

  private final String title;
  private final String host;
  private final int port;
  private final boolean tls;
  private final TrustedAuthorities authorities;
  private final Clock clock;

  /** Checks that host and port. */
  public ConnectionCheck(
      String title,
      String host,
      int port,
      boolean tls,
      TrustedAuthorities authorities,
      Clock clock) {
    this.title = title;
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.authorities = authorities;
    this.clock = clock;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void examine(Ledger ledger) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      ledger.unchecked("%s has no address here".formatted(host));
      return;
    }
    try (Socket plain = new Socket()) {
      try {
        plain.connect(address, PATIENCE_MILLIS);
      } catch (IOException e) {
        ledger.finding(Diagnosis.UNREACHABLE, "%s:%d: %s".formatted(host, port, Reasons.of(e)));
        return;
      }
      if (tls) {
        plain.setSoTimeout(PATIENCE_MILLIS);
        shake(plain, ledger);
      } else {
        ledger.healthy("%s:%d takes connections, without TLS".formatted(host, port));
      }
    }
  }

  private void shake(Socket plain, Ledger ledger) throws IOException {
    var sockets = authorities.context().getSocketFactory();
    try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      judge(own, socket.getSession().getProtocol(), ledger);
    } catch (SSLException e) {
      ledger.finding(diagnosis(e), "%s:%d: %s".formatted(host, port, e.getMessage()));
    } catch (IOException e) {
      ledger.finding(Diagnosis.TLS_BROKEN, "%s:%d: %s".formatted(host, port, Reasons.of(e)));
    }
  }

  /** A certificate that is trusted itself passes a JDK's checks after its end, too. */
  private void judge(X509Certificate own, String protocol, Ledger ledger) {
    Instant now = clock.instant();
    Instant begin = own.getNotBefore().toInstant();
    Instant end = own.getNotAfter().toInstant();
    String seen = "%s, certificate until %s".formatted(protocol, end);
    if (now.isAfter(end) || now.isBefore(begin)) {
      ledger.finding(Diagnosis.TLS_EXPIRED, "%s, from %s".formatted(seen, begin));
    } else if (end.isBefore(now.plus(SOON))) {
      ledger.finding(Diagnosis.TLS_EXPIRES_SOON, seen);
    } else {
      ledger.healthy(seen);
    }
  }

  private static Diagnosis diagnosis(SSLException problem) {
    boolean certificate = false;
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return Diagnosis.TLS_EXPIRED;
      }
      String message = String.valueOf(cause.getMessage());
      if (message.contains("subject alternative") || message.contains("No name matching")) {
        return Diagnosis.TLS_NAME;
      }
      certificate |= cause instanceof java.security.cert.CertificateException;
    }
    return certificate ? Diagnosis.TLS_UNTRUSTED : Diagnosis.TLS_BROKEN;
  }
}
