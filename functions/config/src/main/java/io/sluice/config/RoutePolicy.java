package io.sluice.config;

import io.sluice.core.model.Sampling;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who answers, and how, as far as a row says so; {@code null} members leave it to the next row.
 *
 * @param targets the models, one of which is drawn by weight
 * @param fallbacks the model rows to ask after the target failed, in order
 * @param sampling how tokens are chosen
 * @param limits how long an answer may take
 * @param contentLog whether prompts and answers are recorded
 * @param regions where models may run
 * @param providers the kinds of host that may answer
 */
public record RoutePolicy(
    @Nullable List<WeightedModel> targets,
    @Nullable List<String> fallbacks,
    Sampling sampling,
    TimeLimits limits,
    @Nullable ContentLog contentLog,
    @Nullable Set<String> regions,
    @Nullable Set<Provider> providers) {

  /** Says nothing. */
  public static final RoutePolicy EMPTY =
      new RoutePolicy(null, null, Sampling.DEFAULT, TimeLimits.NONE, null, null, null);

  public RoutePolicy {
    targets = targets == null ? null : List.copyOf(targets);
    fallbacks = fallbacks == null ? null : List.copyOf(fallbacks);
    regions = regions == null ? null : Set.copyOf(regions);
    providers = providers == null ? null : Set.copyOf(providers);
  }

  /**
   * This policy laid over another. New targets without fallbacks of their own keep the other's
   * fallbacks.
   */
  public RoutePolicy over(RoutePolicy base) {
    return new RoutePolicy(
        targets != null ? targets : base.targets,
        fallbacks != null ? fallbacks : base.fallbacks,
        sampling.or(base.sampling),
        limits.or(base.limits),
        contentLog != null ? contentLog : base.contentLog,
        regions != null ? regions : base.regions,
        providers != null ? providers : base.providers);
  }
}
