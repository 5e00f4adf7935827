package io.sluice.config.row;

import java.util.List;

/**
 * All rows of a store, as read at one time.
 *
 * @param rows the rows; a key may occur twice
 * @param unreadable what could not be read as a row
 */
public record RowBatch(List<RowDocument> rows, List<Unreadable> unreadable) {

  /**
   * Something in a store that is no row.
   *
   * @param place where, such as {@code line 12}
   * @param text what is wrong
   */
  public record Unreadable(String place, String text) {}

  public RowBatch {
    rows = List.copyOf(rows);
    unreadable = List.copyOf(unreadable);
  }

  /** Whether a row that is missing here was deleted; otherwise it may be among the unreadable. */
  public boolean complete() {
    return unreadable.isEmpty();
  }
}
