package io.sluice.config.snapshot;

import io.sluice.config.row.RowDocument;
import java.util.List;

/** The version of a row: a digest of everything that its writer wrote, remarks too. */
public final class RowDigest {

  private RowDigest() {}

  /** The SHA-256 of the row's canonical JSON, in lower-case hex. */
  public static String of(RowDocument document) {
    return CanonicalRows.sha256(List.of(document));
  }
}
