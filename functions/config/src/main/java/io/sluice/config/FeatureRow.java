package io.sluice.config;

/**
 * What administrators decide for a feature.
 *
 * @param name the feature, by its name in {@link Features}
 * @param enabled {@code false} refuses every request of the feature
 * @param policy who answers, and how
 */
public record FeatureRow(String name, boolean enabled, RoutePolicy policy) implements Row {}
