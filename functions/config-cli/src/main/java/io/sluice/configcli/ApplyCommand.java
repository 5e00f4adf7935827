package io.sluice.configcli;

import io.sluice.config.judge.Shown;
import io.sluice.config.row.RowDocument;
import io.sluice.config.store.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a file's rows into a store. */
@Command(
    name = "apply",
    description =
        "Validates FILE, shows the difference, writes row by row, and waits for the publisher's"
            + " verdict")
final class ApplyCommand extends StoreCommand {

  @Parameters(paramLabel = "FILE", description = "The rows; rows of the store that it lacks stay")
  private @Nullable Path file;

  @Option(names = "--prune", description = "Delete rows that FILE lacks, after all others")
  private boolean prune;

  @Option(names = "--dry-run", description = "Write nothing: the same as diff")
  private boolean dryRun;

  @Mixin private VerdictOptions verdicts = new VerdictOptions();

  @Override
  int run(Store store) throws IOException, Failure {
    Proposal proposal =
        Proposal.of(store, judge(), new RowFile(Objects.requireNonNull(file)).read(), prune);
    new ProposalText(out()).print(proposal, store);
    if (proposal.malformed().isPresent() || !proposal.refused().isEmpty()) {
      throw Failure.refused("nothing was written: mend the rows that are marked with ! first");
    }
    if (dryRun) {
      return 0;
    }
    List<RowDocument> written = new ArrayList<>();
    for (RowChange change : proposal.changes()) {
      RowDocument row = change.after();
      boolean done = row == null ? store.delete(change.key()) : store.put(row);
      if (!done) {
        throw Failure.refused(
            Shown.row(change.key())
                + " was changed by somebody else meanwhile, and was not written; "
                + written.size()
                + " rows before it were: look at the difference again");
      }
      if (row != null) {
        written.add(row);
      }
    }
    if (!proposal.changes().isEmpty()) {
      out().println(proposal.changes().size() + " rows written to " + store.name());
    }
    return store instanceof TableStore table
        ? verdicts.await(table, written, judge(), parent().clock(), out())
        : 0;
  }
}
