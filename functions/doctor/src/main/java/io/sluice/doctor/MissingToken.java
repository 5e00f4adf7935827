package io.sluice.doctor;

import io.sluice.doctor.report.Ledger;

/** Stands for the checks that need a token, where there is none. Immutable. */
final class MissingToken implements Check {

  @Override
  public String title() {
    return "Features";
  }

  @Override
  public void examine(Ledger ledger) {
    ledger.unchecked(
        "completion, Test connection, streaming and user tokens need a token of GitLab's:"
            + " --token-file, or SLUICE_DOCTOR_TOKEN (docs/gitlab.md)");
  }
}
