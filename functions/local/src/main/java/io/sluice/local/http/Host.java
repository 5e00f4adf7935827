package io.sluice.local.http;

import io.netty.channel.Channel;
import io.sluice.core.exchange.CorrelationId;
import io.sluice.core.http.HttpHandler;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What all connections of a server share. Thread-safe. */
final class Host {

  /** The event that asks a connection to end once nothing is under way on it. */
  record Shutdown() {}

  /** Handling a body takes several times its size: as text, as a tree, as a prompt. */
  private static final int SHARE_OF_BODIES = 12;

  private final HttpHandler handler;
  private final HttpLimits limits;
  private final JsonLog log;
  private final BodyBudget budget;
  private final AnswerHead answerHead = new AnswerHead(new HttpDate(Clock.systemUTC()));
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 1).factory());

  Host(HttpHandler handler, HttpLimits limits, JsonLog log) {
    this.handler = handler;
    this.limits = limits;
    this.log = log;
    this.budget = new BodyBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_BODIES);
  }

  HttpLimits limits() {
    return limits;
  }

  BodyBudget budget() {
    return budget;
  }

  AnswerHead answerHead() {
    return answerHead;
  }

  /** Handles the request on a virtual thread of its own. */
  void handle(HttpRequest request, Answer answer, Runnable afterwards) {
    requests.execute(
        () -> {
          try {
            handler.handle(request, answer);
          } catch (IOException e) {
            // The caller has left: there is nobody to tell.
          } catch (RuntimeException | StackOverflowError e) {
            report(e);
          } finally {
            answer.abort();
            afterwards.run();
          }
        });
  }

  /** The answer to what is no request; it leaves a line in the log. */
  HttpResponse refusal(ProtocolError problem, Channel channel) {
    HttpRequest.Client client = Incoming.client(channel);
    String correlationId = CorrelationId.of(null);
    log.line(
        JsonLog.Level.WARNING,
        "http",
        "a request was refused before it was read",
        JsonObject.builder()
            .put("correlation_id", correlationId)
            .put("client_ip", client.address())
            .put("client_port", client.port())
            .put("status_code", problem.status())
            .put("error_detail", problem.detail())
            .build());
    return HttpResponse.detail(problem.status(), problem.detail())
        .with(CorrelationId.HEADER, correlationId);
  }

  /** Reports what went wrong outside any request; a caller's broken connection is no news. */
  void report(Throwable cause) {
    if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
      log.line(
          JsonLog.Level.ERROR,
          "http",
          "an unforeseen problem ended a connection",
          JsonObject.builder().put("exception_class", cause.getClass().getName()).build());
    }
  }

  /** Waits until all handlers are done; after that time it interrupts the rest. */
  void await(Duration grace) throws InterruptedException {
    requests.shutdown();
    if (!requests.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
      requests.shutdownNow();
    }
  }
}
