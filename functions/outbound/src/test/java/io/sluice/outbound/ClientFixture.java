package io.sluice.outbound;

import io.sluice.core.http.Headers;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client that may call one loopback port, with a clock that the test moves. */
final class ClientFixture implements AutoCloseable {

  final AtomicLong clock = new AtomicLong(System.currentTimeMillis());
  final AtomicLong lookups = new AtomicLong();
  final SocketOutboundClient client;

  /** A client for which {@code model.test} and every other name is that address. */
  static ClientFixture resolving(String address, @Nullable Path bundle, String... listed) {
    return new ClientFixture(address, bundle, listed);
  }

  static ClientFixture allowing(String... listed) {
    return resolving("127.0.0.1", null, listed);
  }

  private ClientFixture(String address, @Nullable Path bundle, String... listed) {
    EndpointAllowList local = new EndpointAllowList("--allow-endpoint", List.of(listed));
    Resolver resolver =
        host -> {
          lookups.incrementAndGet();
          return List.of(InetAddress.ofLiteral(Character.isDigit(host.charAt(0)) ? host : address));
        };
    this.client =
        new SocketOutboundClient(
            new AnyEndpoint(),
            local,
            bundle == null ? TrustedAuthorities.platform() : TrustedAuthorities.platformAnd(bundle),
            resolver,
            clock::get);
  }

  OutboundResponse get(String url) throws IOException {
    return get(url, Duration.ofSeconds(20));
  }

  OutboundResponse get(String url, Duration patience) throws IOException {
    return client.send(
        new OutboundRequest(
            "GET", URI.create(url), Headers.EMPTY, new byte[0], Deadline.after(patience)),
        new Cancellation());
  }

  OutboundResponse post(String url, byte[] body, Duration patience, Cancellation cancellation)
      throws IOException {
    return client.send(
        new OutboundRequest(
            "POST",
            URI.create(url),
            Headers.of("Content-Type", "application/json"),
            body,
            Deadline.after(patience)),
        cancellation);
  }

  /** The body of a GET, read to its end. */
  String text(String url) throws IOException {
    try (OutboundResponse response = get(url)) {
      return text(response);
    }
  }

  static String text(OutboundResponse response) throws IOException {
    response.readDeadline(Deadline.after(Duration.ofSeconds(20)));
    return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
