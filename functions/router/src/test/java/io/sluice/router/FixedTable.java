package io.sluice.router;

import io.sluice.config.Ability;
import io.sluice.config.Admission;
import io.sluice.config.Candidate;
import io.sluice.config.CompletionMode;
import io.sluice.config.ModelFamily;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.config.RoutingTable;
import io.sluice.core.identity.Caller;
import io.sluice.core.model.Sampling;
import io.sluice.core.model.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A routing table that takes the request's model where it names one, else a default; a test may say
 * otherwise.
 */
final class FixedTable implements RoutingTable {

  boolean ready = true;
  boolean logContent;
  @Nullable Resolution resolution;
  Set<Ability> supports = EnumSet.allOf(Ability.class);
  CompletionMode completion = CompletionMode.CHAT;
  final List<Candidate> fallbacks = new ArrayList<>();
  String lastFeature = "";

  @Override
  public Resolution resolve(String feature, Caller caller, @Nullable RequestedModel requested) {
    lastFeature = feature;
    if (resolution != null) {
      return resolution;
    }
    String name = requested == null ? null : requested.name();
    Optional<ModelFamily> family = ModelFamily.named(name == null ? "mistral" : name);
    if (family.isEmpty()) {
      return new Resolution.Refused(
          Resolution.Reason.UNKNOWN_FAMILY,
          "unknown model family; known are " + String.join(", ", ModelFamily.chatNames()));
    }
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(candidate("first", family.get()));
    candidates.addAll(fallbacks);
    return new Resolution.Routed(
        new Route(
            feature,
            candidates,
            Sampling.DEFAULT,
            null,
            null,
            null,
            logContent,
            true,
            7,
            false,
            "the test says so"));
  }

  @Override
  public Resolution resolveExactly(String feature, Caller caller, RequestedModel requested) {
    return resolve(feature, caller, requested);
  }

  @Override
  public Admission admit(String feature, Caller caller) {
    lastFeature = feature;
    return resolution instanceof Resolution.Refused refused
        ? refused
        : new Admission.Admitted(logContent, true, 7, false);
  }

  @Override
  public boolean ready() {
    return ready;
  }

  Candidate candidate(String name, ModelFamily family) {
    return new Candidate(
        new Target.Row(name, 7),
        family,
        "wire-" + name,
        completion,
        family.contextTokens(),
        4096,
        supports);
  }

  void refuse(Resolution.Reason reason, String detail) {
    resolution = new Resolution.Refused(reason, detail);
  }
}
