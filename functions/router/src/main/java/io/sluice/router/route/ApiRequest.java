package io.sluice.router.route;

import io.sluice.core.exchange.Exchange;
import io.sluice.core.identity.Caller;
import io.sluice.core.json.JsonObject;
import io.sluice.router.error.RefusalException;

/**
 * An authenticated request of a known route.
 *
 * @param exchange the request and where its answer goes
 * @param caller who asks
 * @param rest what the path has behind the route's own part: a prompt's id; else empty
 * @param body the body
 */
public record ApiRequest(Exchange exchange, Caller caller, String rest, JsonObject body) {

  /**
   * Lets only callers pass that hold this scope.
   *
   * @throws RefusalException 403 with that detail
   */
  void require(String unitPrimitive, String detail) throws RefusalException {
    if (!caller.can(unitPrimitive)) {
      throw RefusalException.forbidden(detail);
    }
    exchange.trail().scopeUsed(unitPrimitive);
  }

  /**
   * Lets no user token pass (contract 2.5): its holder may only complete code.
   *
   * @throws RefusalException 403 with that detail
   */
  void refuseUserToken(String detail) throws RefusalException {
    if (caller.userToken()) {
      throw RefusalException.forbidden(detail);
    }
  }

  /** Whether GitLab asks for prompts and answers to be logged (contract 9.3). */
  boolean verbose() {
    return "true"
        .equals(exchange.request().headers().first("x-gitlab-enabled-instance-verbose-ai-logs"));
  }
}
