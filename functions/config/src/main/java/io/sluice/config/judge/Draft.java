package io.sluice.config.judge;

import io.sluice.config.Row;
import io.sluice.config.row.MalformedRowException;
import io.sluice.config.row.Problem;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.row.RowMapping;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row while it is judged. Not thread-safe. */
final class Draft {

  private final RowKey key;
  private final @Nullable RowDocument published;
  private final @Nullable RowDocument proposed;
  private @Nullable RowDocument live;
  private @Nullable Row row;
  private List<Problem> problems = List.of();

  /** A row that was published, or is proposed, or both. */
  Draft(RowKey key, @Nullable RowDocument published, @Nullable RowDocument proposed) {
    this.key = key;
    this.published = published;
    this.proposed = proposed;
    this.live = published;
    this.row = published == null ? null : typed(published);
  }

  /** The proposed form shall be live. */
  void accept(RowDocument document, Row typed) {
    live = document.effective();
    row = typed;
  }

  /** The published form shall stay, with the switches that the proposed form turns off. */
  void reject(List<Problem> reasons) {
    problems = reasons;
    live = published;
    if (proposed != null) {
      Optional<RowDocument> obeyed = Switches.obeyed(published, proposed);
      live = obeyed.orElse(published);
    }
    row = live == null ? null : typed(live);
  }

  /** The row shall not be live. */
  void drop() {
    live = null;
    row = null;
  }

  RowKey key() {
    return key;
  }

  @Nullable Row row() {
    return row;
  }

  @Nullable RowDocument live() {
    return live;
  }

  boolean deleted() {
    return proposed == null;
  }

  boolean rejected() {
    return !problems.isEmpty();
  }

  RowStatus status() {
    RowStatus.Standing standing =
        problems.isEmpty()
            ? RowStatus.Standing.LIVE
            : live == null ? RowStatus.Standing.NOT_LIVE : RowStatus.Standing.KEPT;
    return new RowStatus(key, standing, problems);
  }

  private static Row typed(RowDocument document) {
    try {
      return RowMapping.row(document);
    } catch (MalformedRowException e) {
      throw new IllegalStateException("a published row has no typed form: " + e.problem(), e);
    }
  }
}
