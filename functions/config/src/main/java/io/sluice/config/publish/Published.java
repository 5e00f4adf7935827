package io.sluice.config.publish;

import io.sluice.config.judge.RowStatus;
import java.util.List;

/**
 * What a publication found and did.
 *
 * @param live the number of the live snapshot; 0 while nothing was ever published
 * @param latest the number of the newest snapshot, which waits while the table is pinned
 * @param pinned whether the live snapshot is pinned
 * @param changed whether there is a new snapshot
 * @param statuses each row's status
 * @param statusesWritten how many rows got another status
 */
public record Published(
    long live,
    long latest,
    boolean pinned,
    boolean changed,
    List<RowStatus> statuses,
    int statusesWritten) {

  public Published {
    statuses = List.copyOf(statuses);
  }
}
