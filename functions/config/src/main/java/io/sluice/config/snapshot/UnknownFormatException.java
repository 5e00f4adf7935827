package io.sluice.config.snapshot;

import java.io.IOException;

/** A snapshot in a newer format: the reader keeps the last one that it understood. */
public final class UnknownFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A snapshot of that format. */
  public UnknownFormatException(long format) {
    super(
        "the snapshot has format "
            + format
            + ", this version reads up to "
            + Snapshot.FORMAT
            + ": deploy the version that wrote it");
  }
}
