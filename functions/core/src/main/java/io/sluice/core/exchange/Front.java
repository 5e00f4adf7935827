package io.sluice.core.exchange;

import io.sluice.core.audit.AuditLog;
import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpHandler;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/**
 * What happens to every request, whichever function and host answers it: correlation id, CORS
 * (contract 1.3), records, and an orderly answer when something unforeseen is thrown. Thread-safe.
 */
public final class Front implements HttpHandler {

  private final ExchangeHandler handler;
  private final AuditLog audit;
  private final JsonLog log;
  private final Clock clock;

  public Front(ExchangeHandler handler, AuditLog audit, JsonLog log, Clock clock) {
    this.handler = handler;
    this.audit = audit;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handle(HttpRequest request, ResponseStream response) {
    Exchange exchange = new Exchange(request, response, audit, log, clock);
    try {
      if (isPreflight(request)) {
        exchange.send(preflight(request.headers()));
      } else {
        handler.handle(exchange);
      }
    } catch (IOException e) {
      exchange.trail().error("caller_gone", "the caller left before the answer's end");
    } catch (RuntimeException | StackOverflowError e) {
      fail(exchange, e);
    } finally {
      exchange.finish();
    }
  }

  /** The refusal of a body that is too large, too slow or encoded; empty when it is acceptable. */
  public static Optional<HttpResponse> bodyProblem(HttpRequest request) {
    if (request.headers().has("Content-Encoding")) {
      return Optional.of(
          HttpResponse.detail(415, "Content-Encoding is not supported: send the body as it is"));
    }
    return switch (request.body()) {
      case Body.Complete ignored -> Optional.empty();
      case Body.TooLarge ignored ->
          Optional.of(
              HttpResponse.detail(
                  413, "The body is larger than %d bytes".formatted(Body.MAX_BYTES)));
      case Body.TooSlow ignored ->
          Optional.of(HttpResponse.detail(408, "The body did not arrive in time"));
    };
  }

  /** What browsers ask ahead; any other OPTIONS is a request like all others. */
  private static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().has("Origin")
        && request.headers().has("Access-Control-Request-Method");
  }

  private static HttpResponse preflight(Headers asked) {
    String method = asked.first("Access-Control-Request-Method", "");
    Headers.Builder headers =
        Headers.builder()
            .add("Access-Control-Allow-Methods", "POST")
            .add("Access-Control-Max-Age", "600");
    String wanted = asked.first("Access-Control-Request-Headers");
    if (wanted != null && wanted.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      headers.add("Access-Control-Allow-Headers", wanted);
    }
    HttpResponse answer =
        method.equals("POST")
            ? HttpResponse.text(200, "OK")
            : HttpResponse.text(400, "Disallowed CORS method");
    return answer.with(headers.build());
  }

  private void fail(Exchange exchange, Throwable problem) {
    exchange.trail().error("internal", problem.getClass().getName());
    log.line(
        JsonLog.Level.ERROR,
        "gateway",
        "an unforeseen problem ended a request",
        JsonObject.builder()
            .put("correlation_id", exchange.correlationId())
            .put("exception_class", problem.getClass().getName())
            .put(
                "exception_backtrace",
                Arrays.stream(problem.getStackTrace()).limit(12).map(String::valueOf).toList())
            .build());
    if (!exchange.answered()) {
      try {
        exchange.send(HttpResponse.detail(500, "Internal Server Error"));
      } catch (IOException e) {
        exchange.abort();
      }
    } else {
      exchange.abort();
    }
  }
}
