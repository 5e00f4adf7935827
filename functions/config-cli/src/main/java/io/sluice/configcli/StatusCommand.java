package io.sluice.configcli;

import io.sluice.config.judge.Shown;
import io.sluice.config.publish.RowVerdict;
import io.sluice.config.publish.SnapshotItem;
import io.sluice.config.snapshot.RowDigest;
import io.sluice.config.store.RowItem;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Shows what the publisher says of each row. */
@Command(
    name = "status",
    description = "Shows which snapshot is live, and what the publisher says of each row")
final class StatusCommand extends StoreCommand {

  @Override
  int run(Store store) throws IOException, Failure {
    TableStore table = table(store);
    Optional<SnapshotItem> live = snapshots(store).live();
    out().println(live.isEmpty() ? "Nothing was ever published" : LiveText.of(live.get()));
    List<RowItem> rows =
        table.items().stream().sorted(Comparator.comparing(row -> row.document().key())).toList();
    boolean good = true;
    for (RowItem row : rows) {
      RowVerdict verdict = RowVerdict.carried(row);
      boolean current = verdict.version().equals(RowDigest.of(row.document()));
      good &= current && verdict.good();
      out()
          .println(
              Shown.row(row.document().key())
                  + ": "
                  + (current ? verdict.text() : "edited, and not judged yet"));
    }
    return good ? 0 : Failure.FINDINGS;
  }
}
