package io.sluice.testing;

/** A service's refusal of a call. */
public final class AwsRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final String code;

  public AwsRefusal(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The name of the error, such as {@code NotFoundException}. */
  public String code() {
    return code;
  }
}
