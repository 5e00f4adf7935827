package io.sluice.stack.function;

/**
 * What a function signs its calls with: made up from its name, so that a service here knows who
 * calls and whose permissions count. Immutable.
 */
public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {

  private static final String PREFIX = "ASIA";

  /** The credentials of that function. */
  public static Credentials of(FunctionDefinition function) {
    return new Credentials(
        PREFIX + java.util.HexFormat.of().withUpperCase().toHexDigits(function.arn().hashCode()),
        "secret-of-" + function.name(),
        "session-of-" + function.name());
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return accessKeyId;
  }
}
