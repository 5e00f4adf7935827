package io.sluice.configcli;

import io.sluice.config.judge.Judgement;
import io.sluice.config.judge.RowStatus;
import io.sluice.config.row.RowBatch;
import io.sluice.config.store.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges rows without changing anything. */
@Command(
    name = "validate",
    description =
        "Judges rows as the publisher would; changes nothing. With FILE: its rows laid over the"
            + " store's")
final class ValidateCommand extends StoreCommand {

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "Rows that you mean to apply")
  private @Nullable Path file;

  @Option(names = "--prune", description = "As if rows that FILE lacks were deleted")
  private boolean prune;

  @Override
  int run(Store store) throws IOException, Failure {
    RowBatch batch;
    Judgement judgement;
    if (file == null) {
      batch = store.rows();
      judgement = judge().judge(store.newest(), batch);
    } else {
      Proposal proposal = Proposal.of(store, judge(), new RowFile(file).read(), prune);
      batch = proposal.batch();
      judgement = proposal.judgement();
    }
    batch.unreadable().forEach(part -> out().println(part.place() + " " + part.text()));
    List<RowStatus> wrong =
        judgement.statuses().stream().filter(status -> !status.problems().isEmpty()).toList();
    wrong.forEach(status -> out().println(status.message()));
    int found = wrong.size() + batch.unreadable().size();
    out()
        .println(
            found == 0
                ? judgement.statuses().size() + " rows, all valid"
                : found + " findings in " + judgement.statuses().size() + " rows");
    if (!fence().endpointsKnown(environment())) {
      out()
          .println(
              "Endpoints were not compared with what the deployment allows: give --allow-endpoint,"
                  + " or set SLUICE_ALLOW_ENDPOINTS");
    }
    return found == 0 ? 0 : Failure.FINDINGS;
  }
}
