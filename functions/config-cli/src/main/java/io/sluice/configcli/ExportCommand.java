package io.sluice.configcli;

import io.sluice.config.judge.Shown;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints rows as YAML that {@code apply} takes. */
@Command(
    name = "export",
    description =
        "Prints the rows as YAML that apply takes: a backup. With --snapshot: as they were"
            + " published then")
final class ExportCommand extends StoreCommand {

  private static final List<String> ORDER =
      List.of(RowKey.SETTINGS, RowKey.MODEL, RowKey.FEATURE, RowKey.SCOPE, RowKey.PROMPT);

  @Option(
      names = "--snapshot",
      paramLabel = "N",
      description = "The rows of a snapshot of the history; without notes, which are not published")
  private @Nullable Long snapshot;

  @Override
  int run(Store store) throws IOException, Failure {
    List<RowDocument> rows = new ArrayList<>(rows(store));
    rows.sort(
        Comparator.<RowDocument>comparingInt(row -> rank(row.key()))
            .thenComparing(RowDocument::key));
    boolean whole = true;
    String separator = "";
    for (RowDocument row : rows) {
      out().print(separator);
      separator = "---\n";
      if (Shown.whole(row)) {
        out().print(RowYaml.text(row));
      } else {
        whole = false;
        out()
            .println(
                "# "
                    + Shown.row(row.key())
                    + " is left out: it holds what looks like a key or password");
      }
    }
    return whole ? 0 : Failure.FINDINGS;
  }

  private List<RowDocument> rows(Store store) throws IOException, Failure {
    if (snapshot == null) {
      if (!store.rows().complete()) {
        throw Failure.refused(
            store.name() + " has parts that are no rows; scripts/config validate names them");
      }
      return store.rows().rows();
    }
    long number = snapshot;
    return List.copyOf(
        snapshots(store)
            .load(
                snapshots(store)
                    .snapshot(number)
                    .orElseThrow(() -> Failure.refused("there is no snapshot " + number)))
            .documents()
            .values());
  }

  private static int rank(RowKey key) {
    int rank = ORDER.indexOf(key.kind());
    return rank < 0 ? ORDER.size() : rank;
  }
}
