package io.sluice.doctor.stack;

import io.sluice.doctor.Reasons;
import io.sluice.doctor.report.Ledger;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks at one resource of several, so that one that may not be read hides no other. */
final class Attempt {

  private Attempt() {}

  /** Runs the look; what AWS refuses is taken down as not checked, with AWS's own words. */
  static void of(Ledger ledger, String what, Runnable look) {
    try {
      look.run();
    } catch (SdkException e) {
      ledger.unchecked(what + ": " + Reasons.of(e));
    }
  }
}
