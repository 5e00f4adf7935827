package io.sluice.config.publish;

import io.sluice.config.judge.Judge;
import io.sluice.config.judge.Judgement;
import io.sluice.config.judge.RowStatus;
import io.sluice.config.judge.Switches;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.UnknownFormatException;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.config.store.RowItem;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.core.log.JsonLog.Level;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a table's rows (design, "Publishing"): reads {@code live}, then all rows, judges them
 * against the newest snapshot, and writes what changed on condition that {@code live} is what it
 * was, else begins again. Idempotent: it looks at the whole table, so it doesn't matter which event
 * caused it, or how often. Any number may run at once. Thread-safe; blocks.
 */
public final class Publication {

  private static final String LOGGER = "publisher";

  private final DynamoDbRows rows;
  private final StateTable state;
  private final Judge judge;
  private final JsonLog log;
  private final InstantSource clock;
  private final StatusWriter statuses;
  private final SnapshotWriter snapshots;
  private final Contention contention;

  /**
   * Reads nothing yet.
   *
   * @param judge decides which rows go live
   * @param log says what was published, and which rows are not live as written
   */
  public Publication(
      DynamoDbRows rows, StateTable state, Judge judge, JsonLog log, InstantSource clock) {
    this.rows = rows;
    this.state = state;
    this.judge = judge;
    this.log = log;
    this.clock = clock;
    this.statuses = new StatusWriter(rows);
    this.snapshots = new SnapshotWriter(state);
    this.contention = new Contention();
  }

  /** What was judged, and against what. */
  private record Judged(
      @Nullable SnapshotItem live,
      Snapshot latest,
      DynamoDbRows.Content content,
      Judgement judgement) {

    boolean changed() {
      return judgement.snapshot().number() != latest.number();
    }
  }

  /**
   * Publishes.
   *
   * @throws UnknownFormatException if what is live has a newer format than this version writes:
   *     nothing was changed
   * @throws IOException if a table can't be read or written, or others wrote all the time; trying
   *     again is safe
   */
  public Published publish() throws IOException {
    return contention.settle(this::attempt);
  }

  private Optional<Published> attempt() throws IOException {
    Judged judged = judged();
    SnapshotItem live = judged.live();
    if (judged.changed()) {
      Instant now = clock.instant();
      live =
          live != null && live.pinned() ? behindPin(judged, live, now) : moved(judged, live, now);
      if (live == null) {
        return Optional.empty();
      }
      published(judged, live);
    }
    boolean pinned = live != null && live.pinned();
    long liveNumber = live == null ? 0 : live.number();
    int written = statuses(judged, live);
    return Optional.of(
        new Published(
            liveNumber,
            live == null ? 0 : live.latest(),
            pinned,
            judged.changed(),
            judged.judgement().statuses(),
            written));
  }

  /** Reads {@code live} first: what is judged is then at least as new as what it is compared to. */
  private Judged judged() throws IOException {
    SnapshotItem live = state.live().orElse(null);
    if (live != null && !live.readable()) {
      throw new UnknownFormatException(live.format());
    }
    Snapshot latest = live == null ? unpublished() : state.latest(live);
    DynamoDbRows.Content content = rows.content();
    return new Judged(live, latest, content, judge.judge(latest, content.batch()));
  }

  /** No rows; numbered on from a history whose item {@code live} was taken away. */
  private Snapshot unpublished() throws IOException {
    List<SnapshotItem> history = state.history();
    return history.isEmpty() ? Snapshot.EMPTY : Snapshot.of(history.getFirst().number(), List.of());
  }

  /** The new snapshot goes live; {@code null} when {@code live} has changed meanwhile. */
  private @Nullable SnapshotItem moved(Judged judged, @Nullable SnapshotItem live, Instant now)
      throws IOException {
    Snapshot next = judged.judgement().snapshot();
    SnapshotItem item =
        snapshots.written(next, judged.latest(), now, Changes.words(judged.latest(), next));
    SnapshotItem moved = item.live(next.number(), false);
    return state.swap(live, moved, List.of(item)) ? moved : null;
  }

  /** The new snapshot waits; only what it switches off goes live. */
  private @Nullable SnapshotItem behindPin(Judged judged, SnapshotItem live, Instant now)
      throws IOException {
    Snapshot next = judged.judgement().snapshot();
    Snapshot pinned = state.load(live);
    Optional<List<RowDocument>> carried =
        Switches.carried(judged.latest().documents(), next.documents(), pinned.documents());
    String words = Changes.words(judged.latest(), next);
    if (carried.isEmpty()) {
      SnapshotItem item = snapshots.written(next, judged.latest(), now, words);
      SnapshotItem same = live.live(next.number(), true);
      return state.swap(live, same, List.of(item)) ? same : null;
    }
    Snapshot off = Snapshot.of(next.number(), carried.get());
    Snapshot waiting = Snapshot.of(next.number() + 1, next.documents().values());
    SnapshotItem offItem =
        snapshots.written(
            off, pinned, now, "snapshot " + pinned.number() + " with what was switched off");
    SnapshotItem item = snapshots.written(waiting, judged.latest(), now, words);
    SnapshotItem moved = offItem.live(waiting.number(), true);
    return state.swap(live, moved, List.of(offItem, item)) ? moved : null;
  }

  private void published(Judged judged, SnapshotItem live) throws IOException {
    log.line(
        Level.INFO,
        LOGGER,
        live.pinned() ? "rows were judged and wait, since the table is pinned" : "rows are live",
        JsonObject.builder()
            .put("snapshot", live.latest())
            .put("live", live.number())
            .put("sha256", judged.judgement().snapshot().sha256())
            .put("rows", judged.judgement().snapshot().documents().size())
            .put("changes", Changes.words(judged.latest(), judged.judgement().snapshot()))
            .build());
    try {
      new SnapshotSweep(state).sweep(live, clock.instant());
    } catch (IOException e) {
      log.line(
          Level.WARNING,
          LOGGER,
          "old snapshots could not be deleted; the next publication tries again",
          JsonObject.builder().put("reason", String.valueOf(e.getMessage())).build());
    }
  }

  private int statuses(Judged judged, @Nullable SnapshotItem live) throws IOException {
    long pinnedTo = live != null && live.pinned() ? live.number() : -1;
    long latest = live == null ? 0 : live.latest();
    Map<RowKey, RowStatus> byKey = new HashMap<>();
    judged.judgement().statuses().forEach(status -> byKey.put(status.key(), status));
    Map<RowKey, RowStatus> withoutRow = new TreeMap<>(byKey);
    int written = 0;
    for (RowItem row : judged.content().items()) {
      withoutRow.remove(row.document().key());
      RowStatus status = byKey.get(row.document().key());
      if (status != null && write(row, RowVerdict.of(row, status, pinnedTo), status, latest)) {
        written++;
      }
    }
    withoutRow.values().forEach(status -> notAsWritten(status, "a deleted row is still live"));
    return written;
  }

  private boolean write(RowItem row, RowVerdict verdict, RowStatus status, long latest)
      throws IOException {
    switch (statuses.write(row, verdict, latest, clock.instant())) {
      case DONE -> {
        if (!status.problems().isEmpty()) {
          notAsWritten(status, "a row is not live as written");
        }
        return true;
      }
      case REFUSED -> notAsWritten(status, "a row takes no status");
      case SAME, OUTDATED -> {
        // Said already, or the edit that came between causes the next publication.
      }
    }
    return false;
  }

  private void notAsWritten(RowStatus status, String message) {
    log.line(
        Level.WARNING,
        LOGGER,
        message,
        JsonObject.builder()
            .put("row", status.row())
            .put("status", status.standing().words())
            .put("problems", status.problems().stream().map(String::valueOf).toList())
            .build());
  }
}
