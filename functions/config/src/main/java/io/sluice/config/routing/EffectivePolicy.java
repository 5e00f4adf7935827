package io.sluice.config.routing;

import io.sluice.config.ContentLog;
import io.sluice.config.FeatureRow;
import io.sluice.config.Features;
import io.sluice.config.RoutePolicy;
import io.sluice.config.ScopeMatch.Outcome;
import io.sluice.config.ScopeRow;
import io.sluice.config.snapshot.LiveRows;
import io.sluice.core.identity.Caller;
import io.sluice.core.model.Sampling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rows say for a feature and a caller.
 *
 * @param feature the feature whose rows decide: the one asked for, or the one it inherits from
 * @param policy the feature row's policy with every matching scope laid over it
 * @param targetsFrom the row that sets the targets, {@code null} when none does
 * @param disabledBy the row that switches the feature off, {@code null} when none does
 */
record EffectivePolicy(
    String feature, RoutePolicy policy, @Nullable String targetsFrom, @Nullable String disabledBy) {

  static EffectivePolicy of(LiveRows rows, String feature, Caller caller) {
    List<String> lineage = Features.lineage(feature);
    EffectivePolicy effective = new EffectivePolicy(feature, RoutePolicy.EMPTY, null, null);
    for (int i = 0; i < lineage.size(); i++) {
      FeatureRow row = rows.features().get(lineage.get(i));
      if (row != null) {
        effective = ofFeature(row);
        lineage = lineage.subList(0, i + 1);
        break;
      }
    }
    for (ScopeRow scope : rows.scopes().reversed()) {
      if (scope.features().isEmpty() || lineage.stream().anyMatch(scope.features()::contains)) {
        effective = effective.under(scope, scope.match().of(caller));
      }
    }
    return effective;
  }

  private static EffectivePolicy ofFeature(FeatureRow row) {
    String name = "feature/" + row.name();
    return new EffectivePolicy(
        row.name(),
        row.policy(),
        row.policy().targets() == null ? null : name,
        row.enabled() ? null : name);
  }

  private EffectivePolicy under(ScopeRow scope, Outcome match) {
    if (match == Outcome.NO) {
      return this;
    }
    RoutePolicy set = scope.policy();
    String name = "scope/" + scope.name();
    return new EffectivePolicy(
        feature,
        match == Outcome.ATTESTED ? set.over(policy) : narrowed(set, policy),
        set.targets() == null ? targetsFrom : name,
        disabledBy != null || scope.enabled() ? disabledBy : name);
  }

  /** An asserted scope's policy laid over another: what limits the caller can only get tighter. */
  private static RoutePolicy narrowed(RoutePolicy set, RoutePolicy base) {
    RoutePolicy merged = set.over(base);
    return new RoutePolicy(
        merged.targets(),
        merged.fallbacks(),
        fewerTokens(merged.sampling(), base.sampling()),
        set.limits().shorter(base.limits()),
        set.contentLog() != null && !set.contentLog().enabled()
            ? new ContentLog(false, null)
            : base.contentLog(),
        both(set.regions(), base.regions()),
        both(set.providers(), base.providers()));
  }

  private static Sampling fewerTokens(Sampling merged, Sampling base) {
    Integer tokens = merged.maxTokens();
    Integer ceiling = base.maxTokens();
    return tokens == null || ceiling == null || tokens <= ceiling
        ? merged
        : new Sampling(merged.temperature(), merged.topP(), ceiling, merged.stop());
  }

  private static <T> @Nullable Set<T> both(@Nullable Set<T> a, @Nullable Set<T> b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Set<T> common = new HashSet<>(a);
    common.retainAll(b);
    return common;
  }
}
