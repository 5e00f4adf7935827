package io.sluice.config.judge;

import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;

/** What of a row may be shown to whoever runs a command: nothing that looks like a key. */
public final class Shown {

  private static final String HIDDEN = "(not shown: it looks like a key)";

  private Shown() {}

  /** The text, or what is said instead of it. */
  public static String text(String text) {
    return Credentials.suspicious(text) ? HIDDEN : text;
  }

  /** The row's key, or what is said instead of it. */
  public static String row(RowKey key) {
    return RowStatus.shown(key);
  }

  /** Whether the row holds nothing that looks like a key: only then it may be shown as a whole. */
  public static boolean whole(RowDocument row) {
    return Credentials.find(row.fields()).isEmpty();
  }
}
