package io.sluice.docs;

import java.util.List;

/**
 * What a search found. Immutable.
 *
 * @param index which index was searched, such as {@code 18.9.0/1f0c2a9be731}; empty when there is
 *     none
 * @param passages the passages, the best first
 */
public record Findings(String index, List<Passage> passages) {

  /** Of a search without an index. */
  public static final Findings NONE = new Findings("", List.of());

  public Findings {
    passages = List.copyOf(passages);
  }
}
