package io.sluice.config.judge;

import io.sluice.config.snapshot.Snapshot;
import java.util.List;

/**
 * The outcome of judging all rows.
 *
 * @param snapshot what is live; the previous snapshot itself where nothing changed
 * @param statuses each row's status, by key
 */
public record Judgement(Snapshot snapshot, List<RowStatus> statuses) {

  public Judgement {
    statuses = List.copyOf(statuses);
  }
}
