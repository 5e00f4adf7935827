package io.sluice.doctor.report;

import java.util.List;

/** All results of an examination. Immutable. */
public record Report(List<Result> results) {

  public Report {
    results = List.copyOf(results);
  }

  /** What is wrong, in order. */
  public List<Result.Finding> findings() {
    return results.stream()
        .filter(Result.Finding.class::isInstance)
        .map(Result.Finding.class::cast)
        .toList();
  }

  /** Whether something could not be looked at. */
  public boolean incomplete() {
    return results.stream().anyMatch(Result.Unchecked.class::isInstance);
  }

  /** 0 healthy, 1 findings, 2 no finding but something could not be checked. */
  public int exitCode() {
    if (!findings().isEmpty()) {
      return 1;
    }
    return incomplete() ? 2 : 0;
  }
}
