package io.sluice.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.aws.AwsEnvironment;
import io.sluice.core.exchange.CorrelationId;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLines;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;

/**
 * The authorizer of the API (design, decision 12): an event of API Gateway's REQUEST authorizer in,
 * a policy out. A refusal is a Deny whose context holds one of {@link Refusals} as {@code error};
 * the precise reason goes into the log alone. Configured by {@link AuthorizerSettings}.
 * Thread-safe.
 */
public final class AuthorizerFunction implements RequestStreamHandler {

  private static final String LOGGER = "auth";

  private final Authenticator authenticator;
  private final JsonLog log;

  /**
   * The function as Lambda starts it, configured by environment variables. Begins to fetch GitLab's
   * keys, so that they arrive while the rest starts.
   *
   * @throws IllegalArgumentException if a variable is missing or malformed; the message names it
   */
  public AuthorizerFunction() {
    this(System.getenv(), JsonLines.standardOutput(Clock.systemUTC()), Clock.systemUTC());
  }

  /** A function of that environment. */
  AuthorizerFunction(Map<String, String> environment, JsonLog log, Clock clock) {
    this(
        AuthorizerSettings.of(environment)
            .authenticator(AwsEnvironment.of(environment), log, clock),
        log);
    authenticator.prefetch();
  }

  /** A function that asks that authenticator. */
  public AuthorizerFunction(Authenticator authenticator, JsonLog log) {
    this.authenticator = authenticator;
    this.log = log;
  }

  /**
   * Answers one event.
   *
   * @throws IOException if the input is no such event
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    AuthorizerEvent event = AuthorizerEvent.read(input.readAllBytes());
    output.write(Json.write(decide(event)));
  }

  private JsonObject decide(AuthorizerEvent event) {
    return switch (authenticator.authenticate(event.headers())) {
      case Authentication.Authenticated(var caller) -> AuthorizerPolicy.allow(event, caller);
      case Authentication.Rejected(String error, String reason) -> {
        log.line(
            JsonLog.Level.WARNING,
            LOGGER,
            "a request was refused",
            JsonObject.builder()
                .put(
                    "correlation_id", CorrelationId.of(event.headers().first(CorrelationId.HEADER)))
                .put("error", error)
                .put("error_detail", reason)
                .build());
        yield AuthorizerPolicy.deny(event, error);
      }
    };
  }
}
