package io.sluice.usertoken;

import io.sluice.core.exchange.Exchange;
import io.sluice.core.exchange.ExchangeHandler;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Answers {@code POST /v1/code/user_access_token}: a token with which one user's IDE may complete
 * code for an hour (contract 2.5). The request's body is ignored. Thread-safe.
 */
public final class UserTokens implements ExchangeHandler {

  /** What it answers. */
  static final String ROUTE = "POST /v1/code/user_access_token";

  /** How long a token lasts. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  /** What a token may allow, as far as the caller holds it, in the order of the claim. */
  private static final List<String> CANDIDATE_SCOPES =
      List.of("complete_code", "ai_gateway_model_provider_proxy");

  private final UserTokenMint mint;
  private final JsonLog log;

  public UserTokens(TokenSigner signer, JsonLog log, Clock clock) {
    this.mint = new UserTokenMint(signer, clock);
    this.log = log;
  }

  /**
   * Answers for {@code exchange.trail().caller()}, whom the host has authenticated.
   *
   * @throws IOException if the caller is gone
   */
  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.trail().route(ROUTE);
    if (exchange.open(true)) {
      exchange.send(answer(exchange));
    }
  }

  private HttpResponse answer(Exchange exchange) {
    Caller caller = exchange.trail().caller();
    List<String> scopes = caller == null ? List.of() : grantable(caller);
    if (caller == null || scopes.isEmpty()) {
      exchange.trail().error("forbidden", "the caller holds no scope that a user token may have");
      return HttpResponse.detail(403, "Unauthorized to create user access token");
    }
    Identity user = caller.user();
    if (user == null) {
      exchange.trail().error("invalid_request", "X-Gitlab-Global-User-Id is missing");
      return HttpResponse.detail(
          422, "Validation error: X-Gitlab-Global-User-Id must name the user of the token");
    }
    scopes.forEach(exchange.trail()::scopeUsed);
    try {
      UserTokenMint.Minted minted =
          mint.mint(caller, user.value(), scopes, exchange.request().headers());
      return HttpResponse.json(
          200,
          JsonObject.builder()
              .put("token", minted.token())
              .put("expires_at", minted.expiresAt())
              .build());
    } catch (IOException e) {
      exchange.trail().error("signing_failed", "the user token could not be signed");
      log.line(
          JsonLog.Level.ERROR,
          "user-token",
          "a user token could not be signed",
          JsonObject.builder()
              .put("correlation_id", exchange.correlationId())
              .put("error_detail", String.valueOf(e.getMessage()))
              .build());
      return HttpResponse.detail(500, "Failed to generate JWT");
    }
  }

  /** A user token grants none, so that it can't be renewed with itself. */
  private static List<String> grantable(Caller caller) {
    return caller.userToken() ? List.of() : CANDIDATE_SCOPES.stream().filter(caller::can).toList();
  }
}
