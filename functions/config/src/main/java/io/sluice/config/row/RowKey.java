package io.sluice.config.row;

import java.util.Comparator;

/**
 * Which row.
 *
 * @param kind {@code model}, {@code feature}, {@code scope}, {@code prompt} or {@code settings}
 * @param name its name
 */
public record RowKey(String kind, String name) implements Comparable<RowKey> {

  public static final String MODEL = "model";
  public static final String FEATURE = "feature";
  public static final String SCOPE = "scope";
  public static final String PROMPT = "prompt";
  public static final String SETTINGS = "settings";

  private static final Comparator<RowKey> ORDER =
      Comparator.comparing(RowKey::kind).thenComparing(RowKey::name);

  @Override
  public int compareTo(RowKey other) {
    return ORDER.compare(this, other);
  }

  /** The key for messages: {@code feature/duo_chat}. */
  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
