package io.sluice.config.judge;

import io.sluice.config.ContentLog;
import io.sluice.config.Deployment;
import io.sluice.config.Features;
import io.sluice.config.ModelRow;
import io.sluice.config.RoutePolicy;
import io.sluice.config.TimeLimits;
import io.sluice.config.WeightedModel;
import io.sluice.config.routing.TargetRules;
import io.sluice.config.row.Problem;
import io.sluice.config.snapshot.LiveRows;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a route policy, wherever it is written.
 *
 * @param deployment what the deployment fixes
 * @param rows the rows that the policy may refer to
 * @param prefix where the policy's fields are in their row
 * @param problems takes what is wrong
 */
record PolicyRules(Deployment deployment, LiveRows rows, String prefix, List<Problem> problems) {

  /**
   * Checks what a row sets.
   *
   * @param set what it sets
   * @param merged the same, laid over the rows below it
   * @param features the features it is for
   */
  void check(RoutePolicy set, RoutePolicy merged, List<String> features) {
    List<WeightedModel> targets = set.targets() == null ? List.of() : set.targets();
    List<String> fallbacks = set.fallbacks() == null ? List.of() : set.fallbacks();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < targets.size(); i++) {
      String field = "targets[" + i + "].model";
      model(field, targets.get(i).model(), merged, features);
      if (!seen.add(targets.get(i).model())) {
        problem(field, "names a model that another target names");
      }
    }
    for (int i = 0; i < fallbacks.size(); i++) {
      model("fallbacks[" + i + "]", fallbacks.get(i), merged, features);
    }
    if (features.stream().anyMatch(Features::embeds)) {
      embedding(targets, fallbacks);
    }
    limits(set.limits());
    contentLog(set.contentLog());
    if (set.regions() != null) {
      Set<String> outer = rows.settings().regions();
      RowRules.regions(problems, prefix + "regions", set.regions(), outer, "settings/global");
    }
  }

  static boolean exists(Deployment deployment, LiveRows rows, String name) {
    ModelRow fallback = deployment.defaultModel();
    return rows.models().containsKey(name) || (fallback != null && fallback.name().equals(name));
  }

  static String noModel(String name) {
    return "there is no live model row '"
        + name
        + "': add model/"
        + name
        + ", mend it, or name"
        + " another model";
  }

  private void model(String field, String name, RoutePolicy policy, List<String> features) {
    ModelRow row = rows.models().get(name);
    if (row == null) {
      if (!exists(deployment, rows, name)) {
        problem(field, noModel(name));
      }
      return;
    }
    TargetRules rules = new TargetRules(deployment, rows.settings());
    for (String feature : features) {
      rules
          .misfit(row, feature, policy)
          .ifPresent(text -> problem(field, "model/" + name + " may not answer: " + text));
    }
  }

  private void embedding(List<WeightedModel> targets, List<String> fallbacks) {
    if (targets.size() > 1) {
      problem("targets", "must be exactly one: vectors of different models do not compare");
    }
    if (!fallbacks.isEmpty()) {
      problem("fallbacks", "must be empty: vectors of different models do not compare");
    }
  }

  private void limits(TimeLimits limits) {
    limit("timeout.first_event", limits.firstEvent(), TimeLimits.MAX_FIRST_EVENT);
    limit("timeout.idle", limits.idle(), TimeLimits.MAX_IDLE);
    limit("timeout.total", limits.total(), TimeLimits.MAX_TOTAL);
    if (limits.firstEvent() != null
        && limits.total() != null
        && limits.firstEvent().compareTo(limits.total()) > 0) {
      problem("timeout.first_event", "must be at most timeout.total");
    }
  }

  private void limit(String field, @Nullable Duration time, Duration most) {
    if (time != null && (time.isZero() || time.compareTo(most) > 0)) {
      problem(field, "must be more than 0 and at most " + most.toSeconds() + "s");
    }
  }

  private void contentLog(@Nullable ContentLog log) {
    if (log != null && log.enabled() && !rows.settings().contentLog()) {
      problem(
          "content_log.enabled",
          "exceeds the ceiling in settings/global: set content_log to true there first");
    }
  }

  private void problem(String field, String text) {
    problems.add(new Problem(prefix + field, text));
  }
}
