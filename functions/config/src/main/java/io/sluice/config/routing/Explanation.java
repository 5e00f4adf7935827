package io.sluice.config.routing;

import io.sluice.config.Candidate;
import io.sluice.config.Deployment;
import io.sluice.config.FeatureRow;
import io.sluice.config.Features;
import io.sluice.config.ModelRow;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.config.RoutePolicy;
import io.sluice.config.ScopeMatch;
import io.sluice.config.ScopeRow;
import io.sluice.config.WeightedModel;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.config.snapshot.LiveRows;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.core.identity.Caller;
import io.sluice.core.model.Target;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which model answers whom, and why: every step of a resolution in words. Immutable.
 *
 * @param steps the steps, in order
 * @param resolution the outcome, which is what a request gets
 */
public record Explanation(List<Step> steps, Resolution resolution) {

  /**
   * A step.
   *
   * @param subject the row or setting that it is about
   * @param text what it decides
   */
  public record Step(String subject, String text) {}

  public Explanation {
    steps = List.copyOf(steps);
  }

  /**
   * Explains.
   *
   * @param snapshot the rows
   * @param requested the model that the request names, {@code null} when it names none
   * @param today the day of the request
   */
  public static Explanation of(
      Snapshot snapshot,
      Deployment deployment,
      String feature,
      Caller caller,
      @Nullable RequestedModel requested,
      LocalDate today) {
    Resolution resolution =
        new RouteResolver(new CurrentSnapshot(snapshot, false), deployment, today)
            .resolve(feature, caller, requested);
    List<Step> steps = new ArrayList<>();
    LiveRows rows = snapshot.rows();
    steps.add(
        new Step(
            "settings/global",
            rows.settings().enabled() ? "the gateway is on" : "the gateway is switched off"));
    steps.add(featureStep(rows, feature));
    for (ScopeRow scope : rows.scopes()) {
      scopeStep(scope, feature, caller).ifPresent(steps::add);
    }
    EffectivePolicy effective = EffectivePolicy.of(rows, feature, caller);
    if (effective.targetsFrom() != null && effective.policy().targets() != null) {
      targets(steps, snapshot, deployment, effective, feature);
    } else {
      steps.add(requestedStep(requested, rows));
      steps.add(defaultStep(rows, deployment));
    }
    outcome(steps, resolution);
    return new Explanation(steps, resolution);
  }

  private static Step featureStep(LiveRows rows, String feature) {
    for (String name : Features.lineage(feature)) {
      FeatureRow row = rows.features().get(name);
      if (row != null) {
        String whose = name.equals(feature) ? "" : feature + " has no row and follows this one; ";
        return new Step(
            "feature/" + name,
            whose
                + (row.enabled() ? "it is on" : "it is switched off")
                + (row.policy().targets() == null ? ", and names no targets" : ""));
      }
    }
    return new Step("feature/" + feature, "there is no such row: it is on, with no targets");
  }

  private static Optional<Step> scopeStep(ScopeRow scope, String feature, Caller caller) {
    String subject = "scope/" + scope.name();
    boolean concerned =
        scope.features().isEmpty()
            || Features.lineage(feature).stream().anyMatch(scope.features()::contains);
    if (!concerned) {
      return Optional.of(new Step(subject, "is for other features"));
    }
    ScopeMatch.Outcome outcome = scope.match().of(caller);
    return Optional.of(
        switch (outcome) {
          case NO -> new Step(subject, "is for other callers");
          case ASSERTED ->
              new Step(
                  subject, "matches by a header (asserted), so it only narrows: " + sets(scope));
          case ATTESTED -> new Step(subject, "matches by verified claims: " + sets(scope));
        });
  }

  private static String sets(ScopeRow scope) {
    if (!scope.enabled()) {
      return "it switches the feature off for this caller";
    }
    List<String> fields = new ArrayList<>();
    RoutePolicy policy = scope.policy();
    add(fields, "targets", policy.targets());
    add(fields, "fallbacks", policy.fallbacks());
    add(fields, "regions", policy.regions());
    add(fields, "providers", policy.providers());
    add(fields, "content_log", policy.contentLog());
    if (!policy.sampling().equals(RoutePolicy.EMPTY.sampling())) {
      fields.add("sampling");
    }
    if (!policy.limits().equals(RoutePolicy.EMPTY.limits())) {
      fields.add("timeout");
    }
    return fields.isEmpty() ? "it sets nothing" : "it sets " + String.join(", ", fields);
  }

  private static void add(List<String> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.add(name);
    }
  }

  private static void targets(
      List<Step> steps,
      Snapshot snapshot,
      Deployment deployment,
      EffectivePolicy effective,
      String feature) {
    Models models = new Models(snapshot, deployment);
    TargetRules rules = new TargetRules(deployment, snapshot.rows().settings());
    List<WeightedModel> targets =
        effective.policy().targets() == null ? List.of() : effective.policy().targets();
    long total = targets.stream().mapToLong(WeightedModel::weight).sum();
    for (WeightedModel target : targets) {
      steps.add(
          new Step(
              "model/" + target.model(),
              "is a target of "
                  + effective.targetsFrom()
                  + " for "
                  + target.weight()
                  + " of "
                  + total
                  + " users"
                  + misfit(models, rules, target.model(), feature, effective.policy())));
    }
    List<String> fallbacks = effective.policy().fallbacks();
    for (String fallback : fallbacks == null ? List.<String>of() : fallbacks) {
      steps.add(
          new Step(
              "model/" + fallback,
              "is a fallback" + misfit(models, rules, fallback, feature, effective.policy())));
    }
  }

  private static String misfit(
      Models models, TargetRules rules, String name, String feature, RoutePolicy policy) {
    Optional<ModelRow> row = models.find(name);
    return row.map(model -> rules.misfit(model, feature, policy).orElse(""))
        .or(() -> Optional.of("there is no such model row"))
        .filter(text -> !text.isEmpty())
        .map(text -> ", but may not answer: " + text)
        .orElse("");
  }

  private static Step requestedStep(@Nullable RequestedModel requested, LiveRows rows) {
    if (requested == null) {
      return new Step("GitLab", "names no model in this request");
    }
    return new Step(
        "GitLab",
        rows.settings().metadata().allow()
            ? "names a model, which is judged by metadata of settings/global"
            : "names a model, which metadata.allow: false of settings/global ignores");
  }

  private static Step defaultStep(LiveRows rows, Deployment deployment) {
    String name = rows.settings().defaultModel();
    if (name != null) {
      return new Step("settings/global", "its default_model is model/" + name);
    }
    return new Step(
        "deployment",
        deployment.defaultModel() == null
            ? "no default model is known here"
            : "its default model is " + deployment.defaultModel().model());
  }

  private static void outcome(List<Step> steps, Resolution resolution) {
    switch (resolution) {
      case Resolution.Refused refused -> steps.add(new Step("refused", refused.detail()));
      case Resolution.Routed routed -> {
        Route route = routed.route();
        steps.add(
            new Step(
                "answer",
                name(route.candidates().getFirst())
                    + " answers, because of "
                    + route.reason()
                    + (route.candidates().size() > 1
                        ? "; when it fails: "
                            + String.join(
                                ", ",
                                route.candidates().stream().skip(1).map(Explanation::name).toList())
                        : "; it has no fallback")));
      }
    }
  }

  /** The model in words. */
  public static String name(Candidate candidate) {
    return switch (candidate.target()) {
      case Target.Row row -> "model/" + row.model();
      case Target.Metadata metadata -> "the model " + metadata.model() + " that GitLab names";
    };
  }
}
