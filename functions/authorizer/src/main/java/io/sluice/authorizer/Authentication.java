package io.sluice.authorizer;

import io.sluice.core.identity.Caller;

/** The outcome of {@link Authenticator#authenticate}. Immutable. */
public sealed interface Authentication {

  /** The request is the caller's. */
  record Authenticated(Caller caller) implements Authentication {}

  /**
   * The request is refused with 401.
   *
   * @param error the contract's text for the answer, one of {@link Refusals}
   * @param reason what exactly was wrong, for log and audit; never any of the token
   */
  record Rejected(String error, String reason) implements Authentication {}
}
