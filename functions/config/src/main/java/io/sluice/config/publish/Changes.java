package io.sluice.config.publish;

import io.sluice.config.judge.RowStatus;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What differs between two snapshots, in a few words for the history. */
final class Changes {

  private static final int NAMED = 8;

  private Changes() {}

  static String words(Snapshot before, Snapshot after) {
    Map<RowKey, String> changes = new TreeMap<>();
    after
        .documents()
        .forEach(
            (key, row) -> {
              RowDocument old = before.documents().get(key);
              if (old == null) {
                changes.put(key, "+");
              } else if (!old.equals(row)) {
                changes.put(key, "~");
              }
            });
    before.documents().keySet().stream()
        .filter(key -> !after.documents().containsKey(key))
        .forEach(key -> changes.put(key, "-"));
    List<String> words = new ArrayList<>();
    changes.forEach((key, sign) -> words.add(sign + RowStatus.shown(key)));
    int more = words.size() - NAMED;
    return more <= 0
        ? String.join(" ", words)
        : String.join(" ", words.subList(0, NAMED)) + " and " + more + " more";
  }
}
