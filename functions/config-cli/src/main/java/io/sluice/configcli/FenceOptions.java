package io.sluice.configcli;

import io.sluice.config.Deployment;
import io.sluice.config.DeploymentSettings;
import io.sluice.config.Provider;
import io.sluice.config.judge.Judge;
import io.sluice.config.judge.PromptCheck;
import io.sluice.config.judge.Remedies;
import io.sluice.config.judge.RowSchemas;
import io.sluice.core.model.EndpointPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the deployment fixes, as far as this command is told. Filled in by picocli. */
final class FenceOptions {

  private static final String ALLOW = "SLUICE_ALLOW_ENDPOINTS";
  private static final String REGIONS = "SLUICE_REGIONS";

  @Option(
      names = "--allow-endpoint",
      paramLabel = "URL",
      split = ",",
      description =
          "An endpoint that the deployment allows (its parameter AllowedModelEndpoints);"
              + " repeatable. Default: SLUICE_ALLOW_ENDPOINTS; without it any endpoint passes here")
  private List<String> allowed = List.of();

  @Option(
      names = "--permitted-region",
      paramLabel = "REGION",
      split = ",",
      description =
          "A Region that the deployment permits (its parameter PermittedRegions); repeatable."
              + " Default: SLUICE_REGIONS; without it any Region passes here")
  private List<String> regions = List.of();

  /** Whether the deployment's endpoints are known here. */
  boolean endpointsKnown(Map<String, String> environment) {
    return !allowed.isEmpty() || !environment.getOrDefault(ALLOW, "").isBlank();
  }

  /** The fence. */
  Deployment deployment(Map<String, String> environment) throws Failure {
    Map<String, String> settings = new HashMap<>(environment);
    settings.remove("AWS_REGION"); // where the command runs says nothing about the stack
    if (!allowed.isEmpty()) {
      settings.put(ALLOW, String.join(" ", allowed));
    }
    if (!regions.isEmpty()) {
      settings.put(REGIONS, String.join(",", regions));
    }
    try {
      DeploymentSettings known = DeploymentSettings.of(settings);
      Deployment fence = known.deployment(Provider.served());
      return endpointsKnown(environment)
          ? fence
          : new Deployment(
              new AnyEndpoint(),
              new AnyEndpoint(),
              fence.providers(),
              fence.regions(),
              fence.defaultModel());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** A judge within that fence. */
  Judge judge(Map<String, String> environment) throws Failure {
    return new Judge(
        new RowSchemas(), deployment(environment), PromptCheck.notInEffect(), Remedies.STACK);
  }

  private record AnyEndpoint() implements EndpointPolicy {
    @Override
    public Optional<String> refusal(String url) {
      return Optional.empty();
    }

    @Override
    public List<String> allowed() {
      return List.of();
    }
  }
}
