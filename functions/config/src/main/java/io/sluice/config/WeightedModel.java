package io.sluice.config;

/**
 * A model row as a target.
 *
 * @param model the row's name
 * @param weight its share of the users, more than 0, relative to the other targets' weights
 */
public record WeightedModel(String model, int weight) {}
