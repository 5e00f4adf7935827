package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;

/** Whether the stack's last change succeeded. Immutable. */
final class StackStateCheck implements Check {

  private final DeployedStack stack;

  StackStateCheck(DeployedStack stack) {
    this.stack = stack;
  }

  @Override
  public String title() {
    return "Stack";
  }

  @Override
  public void examine(Ledger ledger) {
    String seen = stack.name() + " is " + stack.status();
    String status = stack.status();
    if (status.equals("CREATE_COMPLETE")
        || status.equals("UPDATE_COMPLETE")
        || status.equals("IMPORT_COMPLETE")
        || status.equals("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")) {
      ledger.healthy(seen + ", " + stack.resources().size() + " resources");
    } else if (status.endsWith("_IN_PROGRESS")) {
      ledger.unchecked(seen + ": wait for its end");
    } else {
      ledger.finding(Diagnosis.STACK_UNFINISHED, seen);
    }
  }
}
