package io.sluice.config.judge;

import io.sluice.config.row.Problem;
import io.sluice.config.row.RowKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of a row.
 *
 * @param key which row
 * @param standing whether it is live
 * @param problems what is wrong with it
 */
public record RowStatus(RowKey key, Standing standing, List<Problem> problems) {

  /** Whether a row is live. */
  public enum Standing {
    /** As written. */
    LIVE("live"),
    /** In its last published form. */
    KEPT("live in its last published form"),
    /** Not at all. */
    NOT_LIVE("not live");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    /** For an administrator. */
    public String words() {
      return words;
    }
  }

  public RowStatus {
    problems = List.copyOf(problems);
  }

  /** The row for messages; a name that may be secret is left out. */
  public String row() {
    return shown(key);
  }

  /** A row's key for messages; a name that may be secret is left out. */
  public static String shown(RowKey key) {
    String text = key.toString();
    boolean plain = text.length() <= 255 && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return plain && !Credentials.suspicious(text) ? text : "(a row whose name is not shown)";
  }

  /** The status in one text. */
  public String message() {
    return row()
        + " is "
        + standing.words()
        + (problems.isEmpty() ? "" : ": ")
        + problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
  }
}
