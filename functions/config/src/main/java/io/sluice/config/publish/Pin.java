package io.sluice.config.publish;

import io.sluice.config.snapshot.UnknownFormatException;
import java.io.IOException;
import java.util.Optional;

/**
 * Moves {@code live} by hand (design, "Snapshots"): a rollback pins, and while the table is pinned
 * edits are judged and numbered but move nothing, except for what they switch off. Thread-safe.
 */
public final class Pin {

  private final StateTable state;
  private final Contention contention = new Contention();

  /**
   * Moves nothing yet.
   *
   * @param state where snapshots are
   */
  public Pin(StateTable state) {
    this.state = state;
  }

  /**
   * Makes an older snapshot live, and pins it.
   *
   * @return the item {@code live}
   * @throws IllegalArgumentException if there is no such snapshot; the message is for the
   *     administrator
   */
  public SnapshotItem rollback(long number) throws IOException {
    return contention.settle(
        () -> {
          SnapshotItem live = live();
          boolean kept = number > live.latest() - SnapshotSweep.KEPT;
          SnapshotItem item =
              number == live.number()
                  ? live
                  : (kept ? state.snapshot(number) : Optional.<SnapshotItem>empty())
                      .orElseThrow(() -> new IllegalArgumentException(unknown(number)));
          var _ = state.load(item); // whole, or it must not go live
          return moved(live, item.live(live.latest(), true));
        });
  }

  /** Pins what is live. */
  public SnapshotItem pin() throws IOException {
    return contention.settle(
        () -> {
          SnapshotItem live = live();
          return moved(live, live.live(live.latest(), true));
        });
  }

  /** Makes the newest snapshot live, and lets edits move it again. */
  public SnapshotItem unpin() throws IOException {
    return contention.settle(
        () -> {
          SnapshotItem live = live();
          SnapshotItem latest = live.number() == live.latest() ? live : state.latestItem(live);
          var _ = state.load(latest); // whole, or it must not go live
          return moved(live, latest.live(latest.number(), false));
        });
  }

  private Optional<SnapshotItem> moved(SnapshotItem live, SnapshotItem moved) throws IOException {
    return state.swap(live, moved) ? Optional.of(moved) : Optional.empty();
  }

  private SnapshotItem live() throws IOException {
    SnapshotItem live =
        state
            .live()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nothing was ever published from this table: write rows first"));
    if (!live.readable()) {
      throw new UnknownFormatException(live.format());
    }
    return live;
  }

  private static String unknown(long number) {
    return "there is no snapshot "
        + number
        + ": the history lists those that are kept, which are the last "
        + SnapshotSweep.KEPT;
  }
}
