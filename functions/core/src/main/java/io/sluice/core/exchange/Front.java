package io.sluice.core.exchange;

import io.sluice.core.audit.AuditLog;
import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpHandler;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.identity.Caller;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What happens to every request, whichever function and host answers it: correlation id, CORS
 * (contract 1.3), records, and an orderly end when something unforeseen is thrown, when the host's
 * time for the request is over, or when the host is told to end. Thread-safe.
 */
public final class Front implements HttpHandler, AutoCloseable {

  /** What is kept of a host's time for closing records; of a short time, a quarter. */
  public static final Duration RESERVE = Duration.ofSeconds(2);

  /** How long requests that were interrupted may take to say so themselves. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** What is kept of the heap: enough for the closing record of a request that ran out of it. */
  private static final int KEPT_BYTES = 512 * 1024;

  private final ExchangeHandler handler;
  private final AuditLog audit;
  private final JsonLog log;
  private final Clock clock;
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;
  private volatile byte @Nullable [] kept = new byte[KEPT_BYTES];

  public Front(ExchangeHandler handler, AuditLog audit, JsonLog log, Clock clock) {
    this.handler = handler;
    this.audit = audit;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handle(HttpRequest request, ResponseStream response) {
    answer(new Exchange(request, response, Deadline.never(), audit, log, clock));
  }

  /**
   * The same on a host that has authenticated the request before, and stops the process some time.
   * {@link Exchange#deadline} is {@link #RESERVE} before that. A request that is still under way
   * half of the reserve before it is interrupted as by {@link #close}.
   *
   * @param caller who is asking, {@code null} for nobody known
   * @param remaining the time until the host stops the process
   */
  public void handle(
      HttpRequest request, ResponseStream response, @Nullable Caller caller, Duration remaining) {
    Duration quarter = remaining.dividedBy(4);
    Duration reserve = quarter.compareTo(RESERVE) < 0 ? quarter : RESERVE;
    Deadline deadline = Deadline.after(remaining.minus(reserve));
    Exchange exchange = new Exchange(request, response, deadline, audit, log, clock);
    if (caller != null) {
      exchange.trail().caller(caller);
    }
    Deadline last = Deadline.after(remaining.minus(reserve.dividedBy(2)));
    Thread.ofVirtual().start(() -> watch(exchange, last));
    answer(exchange);
  }

  /**
   * Ends the requests under way in order, within a second: what they wait for is cancelled, their
   * closing records say {@code terminated}, and an answer that was begun is broken off. Requests
   * that come later end so, too.
   */
  @Override
  public void close() {
    ending = true;
    underWay.forEach(exchange -> exchange.interrupt(Exchange.Interruption.TERMINATED));
    Deadline grace = Deadline.after(GRACE);
    underWay.forEach(exchange -> settle(exchange, grace));
  }

  private static void watch(Exchange exchange, Deadline last) {
    if (!exchange.finishesBy(last)) {
      exchange.interrupt(Exchange.Interruption.TIMED_OUT);
      settle(exchange, Deadline.after(GRACE));
    }
  }

  private static void settle(Exchange exchange, Deadline grace) {
    if (!exchange.finishesBy(grace)) {
      exchange.closeWithout();
    }
  }

  private void answer(Exchange exchange) {
    underWay.add(exchange);
    if (ending) {
      exchange.interrupt(Exchange.Interruption.TERMINATED);
    }
    try {
      HttpRequest request = exchange.request();
      if (isPreflight(request)) {
        exchange.send(preflight(request.headers()));
      } else {
        handler.handle(exchange);
      }
    } catch (IOException e) {
      breakOff(exchange);
    } catch (RuntimeException | StackOverflowError e) {
      fail(exchange, e);
    } catch (OutOfMemoryError e) {
      kept = null;
      exchange.trail().dropContent();
      fail(exchange, e);
    } finally {
      exchange.finish();
      underWay.remove(exchange);
    }
    if (kept == null) {
      kept = new byte[KEPT_BYTES];
    }
  }

  private static void breakOff(Exchange exchange) {
    try {
      exchange.brokenOff();
    } catch (IOException e) {
      exchange.abort();
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
