package io.sluice.config.publish;

import io.sluice.config.judge.RowStatus;
import io.sluice.config.row.Problem;
import io.sluice.config.snapshot.RowDigest;
import io.sluice.config.store.RowItem;
import java.util.stream.Collectors;

/**
 * What a row's status says.
 *
 * @param text for the administrator
 * @param version the {@link RowDigest} of the row that it is about
 */
public record RowVerdict(String text, String version) {

  /** The attribute that holds the text. */
  public static final String STATUS = "status";

  /** The attribute that holds the version. */
  public static final String VERSION = "status_sha256";

  /** The attribute that says when the status was written. */
  static final String AT = "status_at";

  /** The attribute that says which snapshot was the newest then. */
  static final String SNAPSHOT = "snapshot";

  private static final int LONGEST = 4_000;
  private static final String PINNED = "pinned to snapshot ";

  /**
   * The verdict on a row.
   *
   * @param pinnedTo the snapshot that stays live, -1 where none is pinned
   */
  static RowVerdict of(RowItem row, RowStatus status, long pinnedTo) {
    String judged =
        status.standing().words()
            + (status.problems().isEmpty() ? "" : ": ")
            + status.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
    String text =
        pinnedTo < 0
            ? judged
            : PINNED
                + pinnedTo
                + ", edits move nothing but what they switch off; once unpinned: "
                + judged;
    return new RowVerdict(
        text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...",
        RowDigest.of(row.document()));
  }

  /** The verdict that a row carries; its version is empty where it carries none. */
  public static RowVerdict carried(RowItem row) {
    return new RowVerdict(row.written(STATUS), row.written(VERSION));
  }

  /** Whether the row is live as written, or will be when unpinned. */
  public boolean good() {
    return text.equals(RowStatus.Standing.LIVE.words())
        || text.endsWith(": " + RowStatus.Standing.LIVE.words());
  }

  /** Whether it says that the table is pinned. */
  public boolean pinned() {
    return text.startsWith(PINNED);
  }
}
