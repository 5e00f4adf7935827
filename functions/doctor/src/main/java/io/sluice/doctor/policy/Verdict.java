package io.sluice.doctor.policy;

/** What a policy says to a request. */
public sealed interface Verdict {

  /** The policy lets it through. */
  record Allowed() implements Verdict {}

  /**
   * The policy doesn't.
   *
   * @param why the statement that denies, or that none allows
   */
  record Denied(String why) implements Verdict {}

  /**
   * It can't be told.
   *
   * @param why what the doctor doesn't know
   */
  record Unjudged(String why) implements Verdict {}
}
