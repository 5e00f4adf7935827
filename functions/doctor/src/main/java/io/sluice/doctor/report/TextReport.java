package io.sluice.doctor.report;

import java.io.PrintStream;
import java.util.List;

/** Tells a report to a person. Immutable. */
public final class TextReport {

  private final Report report;
  private final List<String> next;

  /** A report, and what to do next. */
  public TextReport(Report report, List<String> next) {
    this.report = report;
    this.next = List.copyOf(next);
  }

  /** Prints it. */
  public void print(PrintStream out) {
    String check = "";
    for (Result result : report.results()) {
      if (!result.check().equals(check)) {
        check = result.check();
        out.println(check);
      }
      switch (result) {
        case Result.Healthy healthy -> out.println("  ok   " + healthy.detail());
        case Result.Unchecked unchecked -> out.println("  ?    " + unchecked.detail());
        case Result.Finding finding -> {
          Diagnosis diagnosis = finding.diagnosis();
          out.println("  BAD  " + diagnosis.code() + " " + diagnosis.title());
          out.println("       " + finding.detail());
          out.println("       fix: " + diagnosis.fix());
        }
      }
    }
    out.println();
    out.println(verdict());
    int number = 0;
    for (String step : next) {
      number++;
      out.println("  " + number + ". " + step);
    }
  }

  private String verdict() {
    int findings = report.findings().size();
    if (findings > 0) {
      return findings == 1
          ? "1 finding; docs/errors.md explains its code. Next:"
          : findings + " findings; docs/errors.md explains their codes. Next:";
    }
    return report.incomplete()
        ? "No finding, but not everything could be checked. Next:"
        : "Healthy. Next, in GitLab:";
  }
}
