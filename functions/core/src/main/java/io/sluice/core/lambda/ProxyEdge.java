package io.sluice.core.lambda;

import io.sluice.core.audit.AuditLog;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.exchange.ExchangeHandler;
import io.sluice.core.exchange.Front;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The edge of a function behind API Gateway's streaming proxy integration: an event in, a streamed
 * answer out, {@link Front} between. Believes {@code requestContext.authorizer} alone about the
 * caller (design, decision 12). Needs no type of Lambda. Thread-safe.
 */
public final class ProxyEdge implements AutoCloseable {

  private static final byte[] IGNORED = "{}".getBytes(StandardCharsets.US_ASCII);

  private final Predicate<HttpRequest> open;
  private final ExchangeHandler handler;
  private final Front front;
  private final JsonLog log;

  /**
   * @param open which requests need no caller
   * @param handler answers all others only for a caller, who is in the exchange's trail
   */
  public ProxyEdge(
      Predicate<HttpRequest> open,
      ExchangeHandler handler,
      AuditLog audit,
      JsonLog log,
      Clock clock) {
    this.open = open;
    this.handler = handler;
    this.log = log;
    this.front = new Front(this::answer, audit, log, clock);
  }

  /**
   * Answers one event; JSON that is no proxy event is told to the log and answered with an empty
   * object.
   *
   * @param remaining the time until Lambda stops the function
   * @param invocation Lambda's id of the invocation, for the log
   * @throws IOException if the event can't be read, or the answer was broken off, so that the
   *     runtime tells Lambda
   */
  public void handle(InputStream event, OutputStream answer, Duration remaining, String invocation)
      throws IOException {
    long arrived = System.nanoTime();
    Optional<ProxyEvent> read = ProxyEvent.read(event.readAllBytes(), arrived);
    if (read.isEmpty()) {
      log.line(
          JsonLog.Level.WARNING,
          "gateway",
          "an event that is no API Gateway proxy event was ignored",
          JsonObject.builder().put("aws_request_id", invocation).build());
      answer.write(IGNORED);
      return;
    }
    StreamedResponse response = new StreamedResponse(answer);
    front.handle(read.get().request(), response, read.get().caller(), remaining);
    if (response.aborted()) {
      throw new IOException("the answer was broken off");
    }
  }

  /** Ends the requests under way in order ({@link Front#close}): for SIGTERM. */
  @Override
  public void close() {
    front.close();
  }

  private void answer(Exchange exchange) throws IOException {
    if (exchange.trail().caller() == null && !open.test(exchange.request())) {
      exchange.trail().error("unauthenticated", "API Gateway handed on no caller");
      exchange.send(HttpResponse.unauthorized("Forbidden by auth provider"));
      return;
    }
    handler.handle(exchange);
  }
}
