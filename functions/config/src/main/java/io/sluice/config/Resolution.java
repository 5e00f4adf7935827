package io.sluice.config;

/** The outcome of route resolution. */
public sealed interface Resolution {

  /** The request has a route. */
  record Routed(Route route) implements Resolution {}

  /**
   * The request has none.
   *
   * @param reason why
   * @param detail for the caller: names the row or setting to change, never a secret
   */
  record Refused(Reason reason, String detail) implements Resolution, Admission {}

  /** Why a request has no route. */
  enum Reason {
    /** A row or setting switches the feature, or everything, off. */
    DISABLED,
    /** The request names a family that does not exist. */
    UNKNOWN_FAMILY,
    /** The request's own model is malformed or refused by policy. */
    METADATA_REFUSED,
    /** Nothing says which model answers. */
    NO_MODEL,
    /** There is no snapshot to decide with. */
    NO_SNAPSHOT
  }
}
