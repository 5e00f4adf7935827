package io.sluice.outbound;

import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections: resolves a name once, checks every address, and connects to an address that it
 * checked, so that a name that changes its mind gains nothing. Thread-safe.
 */
final class Connector {

  private final EndpointAllowList local;
  private final Resolver resolver;
  private final TrustedAuthorities authorities;
  private final Watchdog watchdog;

  /** Servers that refused the lean offer; at most one for each that a policy allows. */
  private final Set<Endpoint.Origin> demanding = ConcurrentHashMap.newKeySet();

  Connector(
      EndpointAllowList local,
      Resolver resolver,
      TrustedAuthorities authorities,
      Watchdog watchdog) {
    this.local = local;
    this.resolver = resolver;
    this.authorities = authorities;
    this.watchdog = watchdog;
  }

  Connection connect(Endpoint endpoint, Deadline deadline, Cancellation cancellation)
      throws IOException {
    List<InetAddress> addresses = resolve(endpoint, deadline, cancellation);
    if (!local.names(endpoint) && addresses.stream().anyMatch(LocalAddress::test)) {
      throw new RefusedEndpointException(
          "The endpoint's address is local to this machine or its sandbox, and the deployment does"
              + " not list exactly this host and port.");
    }
    IOException failure = new UnknownHostException("the host has no address");
    int left = addresses.size();
    for (InetAddress address : addresses) {
      try {
        Attempt attempt =
            new Attempt(endpoint, address, share(deadline, left--), deadline, cancellation);
        return endpoint.secure() ? secured(attempt) : open(attempt, TlsOffer.WHOLE);
      } catch (IOException e) {
        failure = e;
        if (deadline.passed() || cancellation.isCancelled()) {
          break;
        }
      }
    }
    throw failure;
  }

  /** An address that swallows packets must leave time for the others. */
  private static Deadline share(Deadline deadline, int addressesLeft) {
    return deadline.earlier(Deadline.after(deadline.remaining().dividedBy(addressesLeft)));
  }

  private List<InetAddress> resolve(Endpoint endpoint, Deadline deadline, Cancellation cancellation)
      throws IOException {
    String host = endpoint.host();
    if (!endpoint.named()) {
      return resolver.resolve(host); // an address as text: nothing to wait for
    }
    // Name resolution can neither be bounded nor interrupted, so it gets a thread that we can
    // leave.
    FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> resolver.resolve(host));
    Thread.ofVirtual().name("resolve-" + host).start(lookup);
    try (var _ = cancellation.onCancel(() -> lookup.cancel(true))) {
      return lookup.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      lookup.cancel(true);
      throw new SocketTimeoutException("the host's name was not resolved in time");
    } catch (CancellationException e) {
      throw new IOException("cancelled", e);
    } catch (ExecutionException e) {
      throw new UnknownHostException("the host's name could not be resolved");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * A connection to one address.
   *
   * @param connected until when it must stand
   * @param deadline until when it must be ready
   */
  private record Attempt(
      Endpoint endpoint,
      InetAddress address,
      Deadline connected,
      Deadline deadline,
      Cancellation cancellation) {

    boolean over() {
      return deadline.passed() || cancellation.isCancelled();
    }
  }

  /** With the lean offer first; a server that wants another is remembered. */
  private Connection secured(Attempt attempt) throws IOException {
    Endpoint.Origin origin = attempt.endpoint.origin();
    if (!demanding.contains(origin)) {
      try {
        return open(attempt, TlsOffer.LEAN);
      } catch (RefusedOfferException e) {
        if (attempt.over()) {
          throw e;
        }
      }
    }
    Connection connection = open(attempt, TlsOffer.WHOLE);
    demanding.add(origin);
    return connection;
  }

  private Connection open(Attempt attempt, TlsOffer offer) throws IOException {
    Endpoint endpoint = attempt.endpoint;
    DeadlineSocket socket = new DeadlineSocket();
    Runnable close = () -> close(socket);
    try (var _ = attempt.cancellation.onCancel(close);
        var _ = watchdog.at(attempt.deadline, close)) {
      socket.deadline(attempt.connected);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.connect(new InetSocketAddress(attempt.address, endpoint.port()), socket.millisLeft());
      socket.deadline(attempt.deadline);
      return endpoint.secure()
          ? new Connection(endpoint.origin(), socket, secure(socket, endpoint, offer))
          : new Connection(endpoint.origin(), socket, socket);
    } catch (IOException | RuntimeException e) {
      boolean late = attempt.deadline.passed();
      close(socket);
      if (late) {
        throw new SocketTimeoutException("the connection was not ready in time");
      }
      throw e instanceof RuntimeException r
          ? new ConnectException("the connection failed: " + r.getClass().getSimpleName())
          : (IOException) e;
    }
  }

  private SSLSocket secure(DeadlineSocket socket, Endpoint endpoint, TlsOffer offer)
      throws IOException {
    SSLSocket tls =
        (SSLSocket)
            authorities.sockets().createSocket(socket, name(endpoint), endpoint.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (endpoint.named()) {
      parameters.setServerNames(List.of(new SNIHostName(endpoint.host())));
    }
    offer.write(parameters);
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
    } catch (SSLHandshakeException | SSLProtocolException | SocketException e) {
      throw offer == TlsOffer.LEAN && !(e.getCause() instanceof CertificateException)
          ? new RefusedOfferException(e)
          : e;
    }
    return tls;
  }

  /** A server ended the handshake, though not for its certificate's sake. */
  private static final class RefusedOfferException extends SSLException {

    private static final long serialVersionUID = 1;

    RefusedOfferException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** The host without the brackets of an IPv6 address, as certificates spell it. */
  private static String name(Endpoint endpoint) {
    String host = endpoint.host();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static void close(DeadlineSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never was open, or is gone.
    }
  }
}
