package io.sluice.configcli;

import java.io.PrintWriter;

/**
 * Prints a proposal.
 *
 * @param out takes it
 */
record ProposalText(PrintWriter out) {

  void print(Proposal proposal, Store store) {
    proposal.malformed().ifPresent(text -> out.println("The file is no file of rows: " + text));
    proposal.changes().forEach(change -> change.lines().forEach(out::println));
    if (proposal.changes().isEmpty()) {
      out.println("Nothing differs from " + store.name());
    }
    proposal.refused().forEach(status -> out.println("! " + status.message()));
    if (!proposal.wrongElsewhere().isEmpty()) {
      out.println("Rows that are not in the file and are not live as written:");
      proposal.wrongElsewhere().forEach(status -> out.println("  " + status.message()));
    }
  }
}
