package io.sluice.configcli;

import io.sluice.config.store.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what applying a file would change. */
@Command(
    name = "diff",
    description = "Shows what apply would change, and what would not go live; changes nothing")
final class DiffCommand extends StoreCommand {

  @Parameters(paramLabel = "FILE", description = "Rows that you mean to apply")
  private @Nullable Path file;

  @Option(names = "--prune", description = "Delete rows that FILE lacks")
  private boolean prune;

  @Override
  int run(Store store) throws IOException, Failure {
    Proposal proposal =
        Proposal.of(store, judge(), new RowFile(Objects.requireNonNull(file)).read(), prune);
    new ProposalText(out()).print(proposal, store);
    boolean good = proposal.refused().isEmpty() && proposal.malformed().isEmpty();
    return good ? 0 : Failure.FINDINGS;
  }
}
