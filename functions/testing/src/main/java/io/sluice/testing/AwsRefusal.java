package io.sluice.testing;

/** A service's refusal of a call. */
final class AwsRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final String code;

  AwsRefusal(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }
}
