package io.sluice.outbound;

import io.sluice.core.model.EndpointPolicy;
import io.sluice.core.time.Cancellation;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A slim HTTP/1.1 client over blocking sockets, made for virtual threads. A URL is judged by the
 * policy; its host's name is resolved once and every address checked; the checked address is
 * connected to, and its certificate checked against the name. Connections are kept open and used
 * again unless they were idle for over 60 s or anything arrived on them meanwhile; where a kept
 * connection turns out to be closed before any byte of an answer, the request is sent once more on
 * a fresh one. Thread-safe.
 */
public final class SocketOutboundClient implements OutboundClient, AutoCloseable {

  /** A kernel takes that many bytes even if the server reads nothing. */
  private static final int NEVER_BLOCKS = 8_192;

  private static final int ONE_WRITE = 65_536;

  private final EndpointPolicy policy;
  private final Connector connector;
  private final ConnectionPool pool;
  private final Watchdog watchdog = new Watchdog();

  /**
   * A client.
   *
   * @param policy which URLs may be called; a URL's query is not judged
   * @param local the hosts and ports that may have loopback or link-local addresses
   * @param authorities who certifies servers
   */
  public SocketOutboundClient(
      EndpointPolicy policy, EndpointAllowList local, TrustedAuthorities authorities) {
    this(policy, local, authorities, Resolver.SYSTEM, System::currentTimeMillis);
  }

  /**
   * A client.
   *
   * @param policy which URLs may be called; a URL's query is not judged
   * @param local the hosts and ports that may have loopback or link-local addresses
   * @param authorities who certifies servers
   * @param resolver finds addresses
   * @param wallMillis the wall clock, in milliseconds: tells how long a connection was idle
   */
  public SocketOutboundClient(
      EndpointPolicy policy,
      EndpointAllowList local,
      TrustedAuthorities authorities,
      Resolver resolver,
      LongSupplier wallMillis) {
    this.policy = policy;
    this.connector = new Connector(local, resolver, authorities, watchdog);
    this.pool = new ConnectionPool(wallMillis);
  }

  @Override
  public OutboundResponse send(OutboundRequest request, Cancellation cancellation)
      throws IOException {
    Endpoint endpoint = judge(request);
    RequestHead.check(request);
    byte[] head = RequestHead.of(request, endpoint);
    Connection kept = pool.take(endpoint.origin());
    if (kept != null) {
      OutboundResponse response = exchange(kept, true, head, request, cancellation);
      if (response != null) {
        return response;
      }
    }
    Connection fresh = connector.connect(endpoint, request.headDeadline(), cancellation);
    OutboundResponse response = exchange(fresh, false, head, request, cancellation);
    if (response == null) {
      throw new ConnectException("the server closed the connection without an answer");
    }
    return response;
  }

  private Endpoint judge(OutboundRequest request) throws RefusedEndpointException {
    try {
      Endpoint endpoint = Endpoint.ofRequest(request.url());
      Optional<String> refusal = policy.refusal(endpoint.toString());
      if (refusal.isPresent()) {
        throw new RefusedEndpointException(refusal.get());
      }
      return endpoint;
    } catch (IllegalArgumentException e) {
      throw new RefusedEndpointException("The URL is not acceptable: " + e.getMessage() + ".");
    }
  }

  /** The response; {@code null} where a kept connection was found closed. */
  private @Nullable OutboundResponse exchange(
      Connection connection,
      boolean kept,
      byte[] head,
      OutboundRequest request,
      Cancellation cancellation)
      throws IOException {
    Cancellation.Registration registration = cancellation.onCancel(connection::abort);
    try {
      connection.begin(request.headDeadline());
      IOException broken = write(connection, head, request);
      ResponseHead response = answer(connection, broken);
      return new SocketResponse(response, connection, broken == null, pool, registration);
    } catch (IOException | RuntimeException e) {
      registration.close();
      boolean late = connection.late();
      connection.abort();
      if (cancellation.isCancelled()) {
        throw new SocketException("cancelled");
      }
      if (late) {
        throw new SocketTimeoutException("the server did not answer in time");
      }
      if (kept && !connection.answered()) {
        return null;
      }
      throw e;
    }
  }

  /** Sends the request; what went wrong, since a server may answer without reading all of it. */
  private @Nullable IOException write(Connection connection, byte[] head, OutboundRequest request) {
    byte[] body = request.body();
    Watchdog.Guard guard =
        head.length + body.length <= NEVER_BLOCKS
            ? () -> {}
            : watchdog.at(request.headDeadline(), connection::abort);
    try (guard) {
      if (body.length <= ONE_WRITE) {
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        connection.write(all);
      } else {
        connection.write(head);
        connection.write(body);
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static ResponseHead answer(Connection connection, @Nullable IOException broken)
      throws IOException {
    try {
      return ResponseHead.read(connection);
    } catch (IOException e) {
      throw broken != null ? broken : e;
    }
  }

  /** Closes the connections that wait for a next exchange, and ends the client's timer. */
  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }
}
