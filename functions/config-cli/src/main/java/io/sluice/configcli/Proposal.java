package io.sluice.configcli;

import io.sluice.config.judge.Judge;
import io.sluice.config.judge.Judgement;
import io.sluice.config.judge.RowStatus;
import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a file of rows would change in a store, judged before anything is written.
 *
 * @param changes the rows that differ, in the order in which they may be written
 * @param judgement what becomes of all rows
 * @param batch the file's rows
 */
record Proposal(List<RowChange> changes, Judgement judgement, RowBatch batch) {

  /** Each kind refers only to kinds before it. */
  private static final List<String> ORDER =
      List.of(RowKey.MODEL, RowKey.SETTINGS, RowKey.FEATURE, RowKey.SCOPE, RowKey.PROMPT);

  Proposal {
    changes = List.copyOf(changes);
  }

  /**
   * A file's rows laid over those of a store.
   *
   * @param prune whether rows that the file lacks are to be deleted
   */
  static Proposal of(Store store, Judge judge, RowBatch file, boolean prune) throws IOException {
    RowBatch current = store.rows();
    Map<RowKey, RowDocument> before = new TreeMap<>();
    current.rows().forEach(row -> before.put(row.key(), row));
    Map<RowKey, RowDocument> after = new TreeMap<>();
    file.rows().forEach(row -> after.put(row.key(), row));

    List<RowChange> changes = new ArrayList<>();
    List<RowDocument> all = new ArrayList<>(file.rows());
    after.forEach(
        (key, row) -> {
          if (!row.equals(before.get(key))) {
            changes.add(new RowChange(key, before.get(key), row));
          }
        });
    changes.sort(Comparator.comparingInt(change -> rank(change.key())));
    List<RowChange> deletions = new ArrayList<>();
    before.forEach(
        (key, row) -> {
          if (!after.containsKey(key)) {
            if (prune) {
              deletions.add(new RowChange(key, row, null));
            } else {
              all.add(row);
            }
          }
        });
    deletions.sort(Comparator.comparingInt(change -> -rank(change.key())));
    changes.addAll(deletions);
    RowBatch proposed = new RowBatch(all, current.complete() ? List.of() : current.unreadable());
    return new Proposal(changes, judge.judge(store.newest(), proposed), file);
  }

  /** The statuses of the file's rows, and of those that it deletes, that would not be live. */
  List<RowStatus> refused() {
    Set<RowKey> concerned = new HashSet<>();
    batch.rows().forEach(row -> concerned.add(row.key()));
    changes.forEach(change -> concerned.add(change.key()));
    return judgement.statuses().stream()
        .filter(status -> !status.problems().isEmpty() && concerned.contains(status.key()))
        .toList();
  }

  /** The statuses of other rows that are not live as written. */
  List<RowStatus> wrongElsewhere() {
    List<RowStatus> refused = refused();
    return judgement.statuses().stream()
        .filter(status -> !status.problems().isEmpty() && !refused.contains(status))
        .toList();
  }

  /** Why the file as a whole can't be applied; empty where it can. */
  Optional<String> malformed() {
    return batch.unreadable().stream()
        .map(part -> part.place() + " " + part.text())
        .reduce((a, b) -> a + "; " + b);
  }

  private static int rank(RowKey key) {
    int rank = ORDER.indexOf(key.kind());
    return rank < 0 ? ORDER.size() : rank;
  }
}
