package io.sluice.aws;

import io.sluice.aws.AwsException.Kind;
import io.sluice.core.http.Headers;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.OutboundRequest;
import io.sluice.outbound.OutboundResponse;
import io.sluice.outbound.SocketOutboundClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * One service's endpoint: sends signed requests to it and nowhere else, over kept connections.
 * Failures that pass are tried again, with pauses of full jitter, within the deadline. Thread-safe;
 * blocks.
 */
final class ServiceEndpoint implements AutoCloseable {

  static final int LONGEST_ERROR = 65_536;

  /** A packet that is lost must leave a repeated request its time. */
  private static final Duration ATTEMPT = Duration.ofSeconds(3);

  private final String base;
  private final String host;
  private final RequestSignature signature;
  private final SocketOutboundClient client;
  private final Clock clock;

  ServiceEndpoint(AwsEnvironment environment, AwsApi service, Clock clock) {
    this.base = environment.endpoint(service);
    EndpointAllowList only = new EndpointAllowList(service.endpointVariable(), List.of(base));
    this.host = URI.create(base).getHost();
    this.signature =
        new RequestSignature(
            environment.credentials(), environment.region(), service.endpointPrefix());
    this.client = new SocketOutboundClient(only, only, environment.authorities());
    this.clock = clock;
  }

  /**
   * A request.
   *
   * @param path below the endpoint, encoded
   * @param repeatable whether it may be sent again although it may have had its effect
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Request(
      AwsOperation operation, String path, Headers headers, byte[] body, boolean repeatable) {}

  /**
   * Makes the call.
   *
   * @param patience until when attempts are repeated
   * @param deadline until when the answer's head must have arrived
   */
  <T> T call(
      Request request,
      Deadline patience,
      Deadline deadline,
      Cancellation cancellation,
      Answer<T> answer)
      throws AwsException {
    Backoff backoff = new Backoff(patience.earlier(deadline), cancellation);
    AwsException telling = null;
    while (true) {
      Deadline limit = request.repeatable ? deadline.earlier(Deadline.after(ATTEMPT)) : deadline;
      try {
        return attempt(request, limit, cancellation, answer);
      } catch (IOException e) {
        if (cancellation.isCancelled()) {
          throw new AwsException(Kind.CANCELLED, "", 0, null, request.operation + ": cancelled", e);
        }
        AwsException failure = ErrorAnswers.of(request.operation, host, signature.region(), e);
        if (telling == null || failure.kind() != Kind.TIMEOUT) {
          telling =
              failure; // that the last attempt had no time left says less than why it had to be
        }
        if (!passing(request, failure, e) || !backoff.pause()) {
          throw telling;
        }
      }
    }
  }

  private <T> T attempt(
      Request request, Deadline limit, Cancellation cancellation, Answer<T> answer)
      throws IOException {
    URI url = URI.create(base + request.path);
    Headers headers = signature.sign("POST", url, request.headers, request.body, clock.instant());
    OutboundResponse response =
        client.send(new OutboundRequest("POST", url, headers, request.body, limit), cancellation);
    response.readDeadline(limit);
    if (response.status() / 100 == 2) {
      return answer.read(response);
    }
    try (response) {
      byte[] body = response.body().readNBytes(LONGEST_ERROR);
      throw ErrorAnswers.of(request.operation, response.status(), response.headers(), body);
    }
  }

  private static boolean passing(Request request, AwsException failure, IOException cause) {
    return switch (failure.kind()) {
      case THROTTLED, UNAVAILABLE -> true;
      case CONNECTION -> !(cause instanceof SSLException) && (request.repeatable || unsent(cause));
      case TIMEOUT, TRUNCATED -> request.repeatable;
      case DENIED, REJECTED, PROTOCOL, FUNCTION, CANCELLED -> false;
    };
  }

  /** Whether it failed before a byte of the request was sent. */
  private static boolean unsent(IOException e) {
    return e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof UnknownHostException;
  }

  /** Closes the connections that are kept. */
  @Override
  public void close() {
    client.close();
  }
}
