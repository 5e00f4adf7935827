package io.sluice.config.row;

import java.io.IOException;

/** A store of rows. Thread-safe. */
@FunctionalInterface
public interface RowSource {

  /**
   * Reads all rows, strongly consistently.
   *
   * @throws IOException if the store can't be read; the message holds no row's content
   */
  RowBatch read() throws IOException;
}
