package io.sluice.config.routing;

import io.sluice.config.Ability;
import io.sluice.config.Deployment;
import io.sluice.config.Features;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import io.sluice.config.RoutePolicy;
import io.sluice.config.SettingsRow;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a model may answer a feature: judged when rows are published, and again at each request.
 *
 * @param deployment what the deployment fixes
 * @param settings what holds for every request
 */
public record TargetRules(Deployment deployment, SettingsRow settings) {

  /** Why the model may not answer, in words for an administrator; empty when it may. */
  public Optional<String> misfit(ModelRow model, String feature, RoutePolicy policy) {
    Provider provider = model.provider();
    if (policy.providers() != null && !policy.providers().contains(provider)) {
      return Optional.of("its provider " + provider.wire() + " is not among the row's providers");
    }
    if (!provider.hasEndpoint()) {
      Optional<String> misfit =
          regionMisfit(String.valueOf(model.region()), policy)
              .or(() -> deployment.aws().refusal(provider, model.region(), model.model()));
      if (misfit.isPresent()) {
        return misfit;
      }
    }
    return abilityMisfit(model, feature).or(() -> deploymentMisfit(provider));
  }

  /** Why nothing here may use that kind of host; empty when it may be used. */
  public Optional<String> deploymentMisfit(Provider provider) {
    return deployment.providers().contains(provider)
        ? Optional.empty()
        : Optional.of("no backend of this gateway serves provider " + provider.wire());
  }

  private Optional<String> regionMisfit(String region, RoutePolicy policy) {
    if (policy.regions() != null && !policy.regions().contains(region)) {
      return Optional.of("its region " + region + " is not among the row's regions");
    }
    if (outside(settings.regions(), region)) {
      return Optional.of("its region " + region + " is not among the regions of settings/global");
    }
    if (!deployment.aws().permitsRegion(region)) {
      return Optional.of(
          "its region "
              + region
              + " is not permitted by the deployment: add it to the parameter PermittedRegions and"
              + " deploy again");
    }
    return Optional.empty();
  }

  private static boolean outside(Set<String> regions, String region) {
    return !regions.isEmpty() && !regions.contains(region);
  }

  private static Optional<String> abilityMisfit(ModelRow model, String feature) {
    boolean embeds = model.supports().contains(Ability.EMBEDDINGS);
    if (Features.embeds(feature) && !embeds) {
      return Optional.of("it does not support embeddings");
    }
    if (!Features.embeds(feature) && model.supports().equals(Set.of(Ability.EMBEDDINGS))) {
      return Optional.of("it supports nothing but embeddings");
    }
    return Optional.empty();
  }
}
