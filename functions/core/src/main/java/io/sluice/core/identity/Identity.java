package io.sluice.core.identity;

/**
 * A value that says who somebody is, and how far it may be believed (design, "Routing table").
 *
 * @param value the id
 * @param attested whether a verified claim says so; otherwise only a header does, and the value may
 *     narrow a route or a logging policy but never widen it
 */
public record Identity(String value, boolean attested) {

  /** A value from a verified claim. */
  public static Identity attested(String value) {
    return new Identity(value, true);
  }

  /** A value from a header. */
  public static Identity asserted(String value) {
    return new Identity(value, false);
  }
}
