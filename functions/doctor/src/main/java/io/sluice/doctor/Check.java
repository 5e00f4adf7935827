package io.sluice.doctor;

import io.sluice.doctor.report.Ledger;
import java.io.IOException;

/** A look at one thing. Checks know nothing of each other's results. */
public interface Check {

  /** What is looked at, as a person reads it. */
  String title();

  /**
   * Looks, and takes down what it sees.
   *
   * @throws IOException where there is no answer, so that nothing can be told
   */
  void examine(Ledger ledger) throws IOException, InterruptedException;
}
