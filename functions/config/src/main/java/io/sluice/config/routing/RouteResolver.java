package io.sluice.config.routing;

import io.sluice.config.Admission;
import io.sluice.config.Candidate;
import io.sluice.config.Deployment;
import io.sluice.config.ModelRow;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Resolution.Reason;
import io.sluice.config.Resolution.Refused;
import io.sluice.config.Route;
import io.sluice.config.RoutePolicy;
import io.sluice.config.SettingsRow;
import io.sluice.config.WeightedModel;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.core.identity.Caller;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Route resolution as a pure function (design, "Resolution"): scope row, feature row, metadata
 * where policy allows it, default model, refusal.
 */
final class RouteResolver {

  private final CurrentSnapshot current;
  private final SettingsRow settings;
  private final Models models;
  private final TargetRules rules;
  private final LocalDate today;

  /**
   * A resolver for one request.
   *
   * @param today the day (UTC) on which the request is answered
   */
  RouteResolver(CurrentSnapshot current, Deployment deployment, LocalDate today) {
    this.current = current;
    this.settings = current.snapshot().rows().settings();
    this.models = new Models(current.snapshot(), deployment);
    this.rules = new TargetRules(deployment, settings);
    this.today = today;
  }

  Resolution resolve(String feature, Caller caller, @Nullable RequestedModel requested) {
    EffectivePolicy effective = EffectivePolicy.of(current.snapshot().rows(), feature, caller);
    Optional<Refused> disabled = disabled(effective);
    if (disabled.isPresent()) {
      return disabled.get();
    }
    if (effective.targetsFrom() != null) {
      return targets(effective, effective.targetsFrom(), feature, caller);
    }
    String ignored = "the request names no model";
    if (requested != null && !settings.metadata().allow()) {
      ignored = "metadata.allow of settings/global is false";
    } else if (requested != null) {
      switch (judge(requested, feature, effective.policy())) {
        case RequestedCandidate.Named named -> {
          return routed(effective, List.of(named.candidate()), named.reason());
        }
        case RequestedCandidate.Refused refused -> {
          return refused.refusal();
        }
        case RequestedCandidate.Nothing nothing -> ignored = nothing.why();
      }
    }
    return byDefault(effective, feature, ignored);
  }

  Resolution resolveExactly(String feature, Caller caller, RequestedModel requested) {
    EffectivePolicy rows = EffectivePolicy.of(current.snapshot().rows(), feature, caller);
    EffectivePolicy exact =
        new EffectivePolicy(feature, RoutePolicy.EMPTY, null, rows.disabledBy());
    Optional<Refused> disabled = disabled(exact);
    if (disabled.isPresent()) {
      return disabled.get();
    }
    if (!settings.metadata().allow()) {
      return new Refused(
          Reason.METADATA_REFUSED,
          "settings/global does not allow models that GitLab names: set metadata.allow to true");
    }
    return switch (judge(requested, feature, exact.policy())) {
      case RequestedCandidate.Named named ->
          routed(exact, List.of(named.candidate()), named.reason());
      case RequestedCandidate.Refused refused -> refused.refusal();
      case RequestedCandidate.Nothing nothing ->
          new Refused(Reason.METADATA_REFUSED, nothing.why());
    };
  }

  Admission admit(String feature, Caller caller) {
    EffectivePolicy effective = EffectivePolicy.of(current.snapshot().rows(), feature, caller);
    return disabled(effective)
        .<Admission>map(refused -> refused)
        .orElseGet(
            () ->
                new Admission.Admitted(
                    logContent(effective.policy()),
                    settings.refuseUnaudited(),
                    current.snapshot().number(),
                    current.stale()));
  }

  private boolean logContent(RoutePolicy policy) {
    return settings.contentLog() && policy.contentLog() != null && policy.contentLog().on(today);
  }

  private RequestedCandidate judge(RequestedModel requested, String feature, RoutePolicy policy) {
    return new RequestedModels(models, rules).judge(requested, feature, policy);
  }

  private Optional<Refused> disabled(EffectivePolicy effective) {
    if (!settings.enabled()) {
      return Optional.of(
          new Refused(
              Reason.DISABLED,
              "settings/global switches the gateway off: set its field enabled to true"));
    }
    if (effective.disabledBy() != null) {
      return Optional.of(
          new Refused(
              Reason.DISABLED,
              "this feature is switched off by the row "
                  + effective.disabledBy()
                  + ": set its field enabled to true"));
    }
    return Optional.empty();
  }

  private Resolution targets(EffectivePolicy effective, String row, String feature, Caller caller) {
    List<WeightedModel> all = Objects.requireNonNull(effective.policy().targets());
    Map<String, String> misfits = new LinkedHashMap<>();
    List<WeightedModel> fitting = new ArrayList<>(all.size());
    for (WeightedModel target : all) {
      if (fitting(target.model(), feature, effective.policy(), misfits).isPresent()) {
        fitting.add(target);
      }
    }
    List<String> names = new ArrayList<>();
    if (!fitting.isEmpty()) {
      names.add(WeightedDraw.draw(fitting, caller, effective.feature()).model());
    }
    List<String> fallbacks = effective.policy().fallbacks();
    if (fallbacks != null) {
      names.addAll(fallbacks);
    }
    List<Candidate> candidates =
        names.stream()
            .distinct()
            .flatMap(name -> fitting(name, feature, effective.policy(), misfits).stream())
            .map(models::candidate)
            .toList();
    if (candidates.isEmpty()) {
      return new Refused(
          Reason.NO_MODEL, "none of the targets of the row " + row + " may answer: " + misfits);
    }
    return routed(effective, candidates, row);
  }

  private Optional<ModelRow> fitting(
      String name, String feature, RoutePolicy policy, Map<String, String> misfits) {
    Optional<ModelRow> model = models.find(name);
    Optional<String> misfit =
        model.isEmpty()
            ? Optional.of("there is no such model row")
            : rules.misfit(model.get(), feature, policy);
    misfit.ifPresent(text -> misfits.put("model/" + name, text));
    return misfit.isPresent() ? Optional.empty() : model;
  }

  private Resolution byDefault(EffectivePolicy effective, String feature, String ignored) {
    String name = settings.defaultModel();
    String origin = "default_model of settings/global";
    if (name == null) {
      ModelRow fallback = models.deployment().defaultModel();
      if (fallback == null) {
        return new Refused(
            Reason.NO_MODEL,
            "no model answers "
                + feature
                + ": "
                + ignored
                + ". Assign a self-hosted model to the feature in GitLab, add targets to the row"
                + " feature/"
                + effective.feature()
                + ", or set default_model in settings/global");
      }
      name = fallback.name();
      origin = "default model of the deployment";
    }
    Map<String, String> misfits = new LinkedHashMap<>();
    Optional<ModelRow> model = fitting(name, feature, effective.policy(), misfits);
    if (model.isEmpty()) {
      return new Refused(
          Reason.NO_MODEL,
          "no model answers "
              + feature
              + ": "
              + ignored
              + ", and the "
              + origin
              + " may not answer: "
              + misfits);
    }
    return routed(effective, List.of(models.candidate(model.get())), origin);
  }

  private Resolution routed(EffectivePolicy effective, List<Candidate> candidates, String reason) {
    RoutePolicy policy = effective.policy();
    return new Resolution.Routed(
        new Route(
            effective.feature(),
            candidates,
            policy.sampling(),
            policy.limits().firstEvent(),
            policy.limits().idle(),
            policy.limits().total(),
            logContent(policy),
            settings.refuseUnaudited(),
            current.snapshot().number(),
            current.stale(),
            reason));
  }
}
