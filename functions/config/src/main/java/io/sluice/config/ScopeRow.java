package io.sluice.config;

import java.util.Set;

/**
 * An override for some callers.
 *
 * @param name the row's name
 * @param match whom it is for
 * @param features the features it is for; empty for all
 * @param enabled {@code false} refuses these callers; a scope never enables a disabled feature
 * @param policy what it sets
 */
public record ScopeRow(
    String name, ScopeMatch match, Set<String> features, boolean enabled, RoutePolicy policy)
    implements Row {

  public ScopeRow {
    features = Set.copyOf(features);
  }
}
