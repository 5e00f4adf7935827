package io.sluice.doctor;

import io.sluice.doctor.report.Ledger;
import io.sluice.doctor.report.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs checks one after the other; what one can't do hinders no other. Immutable. */
public final class Examination {

  private final List<Check> checks;

  /** An examination of these checks, in this order. */
  public Examination(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /**
   * Runs all checks.
   *
   * @param progress is told the title of each check before it runs
   */
  public List<Result> run(Consumer<String> progress) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Check check : checks) {
      progress.accept(check.title());
      Ledger ledger = new Ledger(check.title());
      try {
        check.examine(ledger);
      } catch (IOException | RuntimeException e) {
        ledger.unchecked(Reasons.of(e));
      }
      results.addAll(ledger.results());
    }
    return List.copyOf(results);
  }
}
