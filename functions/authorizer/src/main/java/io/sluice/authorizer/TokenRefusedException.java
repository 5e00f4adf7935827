package io.sluice.authorizer;

/** A token that does not verify. The message says why, for the log; it holds none of the token. */
final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  TokenRefusedException(String reason) {
    super(reason, null, false, false); // thrown for control only: refusals must stay cheap
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
