package io.sluice.usertoken;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.audit.SqsAuditLog;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.lambda.ProxyEdge;
import io.sluice.core.log.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Mints user tokens behind API Gateway: the one function that may sign with the key in KMS.
 * Configured by {@link UserTokenSettings} and {@link SqsAuditLog}. Thread-safe.
 */
public final class UserTokenFunction implements RequestStreamHandler, AutoCloseable {

  private final UserTokens tokens;
  private final ProxyEdge edge;

  /**
   * The function as Lambda starts it, configured by environment variables.
   *
   * @throws IllegalArgumentException if a variable is missing or malformed; the message names it
   */
  public UserTokenFunction() {
    this(System.getenv(), JsonLines.standardOutput(Clock.systemUTC()), Clock.systemUTC());
  }

  /** A function of that environment. */
  UserTokenFunction(Map<String, String> environment, JsonLines log, Clock clock) {
    AwsEnvironment aws = AwsEnvironment.of(environment);
    this.tokens = new UserTokens(UserTokenSettings.of(environment).signer(aws), log, clock);
    this.edge =
        new ProxyEdge(
            request -> false, this::answer, SqsAuditLog.of(environment, aws, log), log, clock);
  }

  /**
   * Answers one event; JSON that is no proxy event is told to the log and answered with nothing.
   *
   * @throws IOException if the answer was broken off, so that Lambda is told
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    edge.handle(input, output, remaining, context.getAwsRequestId());
  }

  /** Ends the requests under way in order: the runtime calls this on SIGTERM. */
  @Override
  public void close() {
    edge.close();
  }

  /** API Gateway sends every method of the one path here. */
  private void answer(Exchange exchange) throws IOException {
    if (exchange.request().method().equals("POST")) {
      tokens.handle(exchange);
    } else {
      exchange.trail().route(UserTokens.ROUTE);
      exchange.trail().error("method_not_allowed", "the route allows POST");
      exchange.send(HttpResponse.detail(405, "Method Not Allowed").with("Allow", "POST"));
    }
  }
}
