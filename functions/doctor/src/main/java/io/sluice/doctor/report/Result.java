package io.sluice.doctor.report;

/** What came of one look at one thing. Immutable; no secret is in it. */
public sealed interface Result {

  /** The check that looked. */
  String check();

  /** What was seen, in one line. */
  String detail();

  /** It is as it should be. */
  record Healthy(String check, String detail) implements Result {}

  /** It is not as it should be. */
  record Finding(String check, Diagnosis diagnosis, String detail) implements Result {}

  /** Whether it is as it should be can't be told; the detail says why. */
  record Unchecked(String check, String detail) implements Result {}
}
