package io.sluice.configcli;

import io.sluice.config.publish.SnapshotItem;
import java.io.IOException;

/** The live snapshot in a sentence. */
final class LiveText {

  private LiveText() {}

  static String of(SnapshotItem live) throws IOException {
    if (!live.pinned()) {
      return "Snapshot " + live.number() + " is live";
    }
    return "Snapshot "
        + live.number()
        + " is live and pinned"
        + (live.latest() == live.number() ? "" : "; snapshot " + live.latest() + " waits")
        + ". Edits move nothing but what they switch off, until scripts/config unpin";
  }
}
