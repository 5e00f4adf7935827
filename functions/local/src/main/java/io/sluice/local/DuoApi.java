package io.sluice.local;

import io.sluice.authorizer.Authentication;
import io.sluice.authorizer.Authenticator;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.exchange.ExchangeHandler;
import io.sluice.core.exchange.RequestPath;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.router.Router;
import io.sluice.usertoken.UserTokens;
import java.io.IOException;
import java.time.Duration;

/** Does what API Gateway does on AWS: authorizer first, then user-token or router. Thread-safe. */
final class DuoApi implements ExchangeHandler {

  private static final String USER_TOKEN = "/v1/code/user_access_token";

  private final Authenticator authenticator;
  private final UserTokens userTokens;
  private final Router router;

  DuoApi(Authenticator authenticator, UserTokens userTokens, Router router) {
    this.authenticator = authenticator;
    this.userTokens = userTokens;
    this.router = router;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    HttpRequest request = exchange.request();
    if (router.isOpen(request)) {
      router.handle(exchange);
      return;
    }
    long began = System.nanoTime();
    Authentication outcome = authenticator.authenticate(request.headers());
    exchange.trail().authTime(Duration.ofNanos(System.nanoTime() - began));
    switch (outcome) {
      case Authentication.Rejected rejected -> {
        exchange.trail().error("unauthenticated", rejected.reason());
        exchange.send(HttpResponse.unauthorized(rejected.error()));
      }
      case Authentication.Authenticated authenticated -> {
        exchange.trail().caller(authenticated.caller());
        if (isUserToken(request)) {
          userTokens.handle(exchange);
        } else {
          router.handle(exchange);
        }
      }
    }
  }

  private static boolean isUserToken(HttpRequest request) {
    return request.method().equals("POST")
        && RequestPath.of(request.rawPath()).filter(USER_TOKEN::equals).isPresent();
  }
}
