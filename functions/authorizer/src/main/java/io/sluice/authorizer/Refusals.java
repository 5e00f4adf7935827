package io.sluice.authorizer;

import java.util.List;
import java.util.stream.Stream;

/** The texts that a refused caller may read (contract 2.2). There are no others. */
public final class Refusals {

  public static final String NO_AUTHORIZATION = "No authorization header presented";
  public static final String INVALID_AUTHORIZATION = "Invalid authorization header";
  public static final String NOT_OIDC =
      "Invalid authentication token type - only OIDC is supported";

  /** Whatever is wrong with the token itself. */
  public static final String FORBIDDEN = "Forbidden by auth provider";

  private Refusals() {}

  /** A header that differs from its claim, or occurs twice. */
  static String mismatch(String header) {
    return "Header mismatch '" + header + "'";
  }

  /** Every text. */
  public static List<String> all() {
    return Stream.concat(
            Stream.of(NO_AUTHORIZATION, INVALID_AUTHORIZATION, NOT_OIDC, FORBIDDEN),
            SecurityHeaders.COMPARED.stream().map(Refusals::mismatch))
        .toList();
  }
}
