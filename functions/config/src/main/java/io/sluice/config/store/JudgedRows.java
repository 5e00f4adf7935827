package io.sluice.config.store;

import io.sluice.config.judge.Judge;
import io.sluice.config.judge.Judgement;
import io.sluice.config.judge.RowStatus;
import io.sluice.config.row.Problem;
import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowSource;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotSource;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.core.log.JsonLog.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Snapshots made in this process: rows, judged against the last snapshot. Says in the log what is
 * not live, once for each change. Thread-safe.
 */
public final class JudgedRows implements SnapshotSource {

  private static final String LOGGER = "routing.rows";

  private final RowSource source;
  private final Judge judge;
  private final JsonLog log;
  private final Object lock = new Object();
  private Snapshot live = Snapshot.EMPTY;
  private List<RowStatus> wrong = List.of();
  private List<RowBatch.Unreadable> unreadable = List.of();

  /**
   * Reads nothing yet.
   *
   * @param source the rows
   * @param judge decides which of them go live
   * @param log says which do not, and why
   */
  public JudgedRows(RowSource source, Judge judge, JsonLog log) {
    this.source = source;
    this.judge = judge;
    this.log = log;
  }

  @Override
  public Snapshot read() throws IOException {
    RowBatch batch = source.read();
    synchronized (lock) {
      Judgement judgement = judge.judge(live, batch);
      report(judgement, batch);
      live = judgement.snapshot();
      return live;
    }
  }

  private void report(Judgement judgement, RowBatch batch) {
    List<RowStatus> nowWrong =
        judgement.statuses().stream().filter(status -> !status.problems().isEmpty()).toList();
    nowWrong.stream().filter(status -> !wrong.contains(status)).forEach(this::warn);
    batch.unreadable().stream()
        .filter(part -> !unreadable.contains(part))
        .forEach(
            part ->
                log.line(
                    Level.WARNING,
                    LOGGER,
                    "a part of the routing table is no row; no row counts as deleted",
                    JsonObject.builder()
                        .put("place", part.place())
                        .put("problem", part.text())
                        .build()));
    List<String> mended = new ArrayList<>(wrong.stream().map(RowStatus::row).toList());
    mended.removeAll(nowWrong.stream().map(RowStatus::row).toList());
    if (!mended.isEmpty() || judgement.snapshot().number() != live.number()) {
      log.line(
          Level.INFO,
          LOGGER,
          "the routing table is live",
          JsonObject.builder()
              .put("snapshot", judgement.snapshot().number())
              .put("sha256", judgement.snapshot().sha256())
              .put("rows", judgement.snapshot().documents().size())
              .put("mended", mended)
              .build());
    }
    wrong = nowWrong;
    unreadable = batch.unreadable();
  }

  private void warn(RowStatus status) {
    log.line(
        Level.WARNING,
        LOGGER,
        "a row is not live as written",
        JsonObject.builder()
            .put("row", status.row())
            .put("status", status.standing().words())
            .put("problems", status.problems().stream().map(Problem::toString).toList())
            .build());
  }
}
