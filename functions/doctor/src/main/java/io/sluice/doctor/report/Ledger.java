package io.sluice.doctor.report;

import java.util.ArrayList;
import java.util.List;

/** Takes down the results of one check. For one thread. */
public final class Ledger {

  private final String check;
  private final List<Result> results = new ArrayList<>();

  /** An empty ledger of that check. */
  public Ledger(String check) {
    this.check = check;
  }

  /** Something is as it should be. */
  public void healthy(String detail) {
    results.add(new Result.Healthy(check, OneLine.of(detail)));
  }

  /** Something is not as it should be. */
  public void finding(Diagnosis diagnosis, String detail) {
    results.add(new Result.Finding(check, diagnosis, OneLine.of(detail)));
  }

  /** Something could not be looked at. */
  public void unchecked(String why) {
    results.add(new Result.Unchecked(check, OneLine.of(why)));
  }

  /** What was taken down, in order. */
  public List<Result> results() {
    return List.copyOf(results);
  }
}
