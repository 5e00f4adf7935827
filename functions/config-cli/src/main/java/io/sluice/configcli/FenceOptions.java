package io.sluice.configcli;

import io.sluice.config.AwsFence;
import io.sluice.config.Deployment;
import io.sluice.config.DeploymentSettings;
import io.sluice.config.Provider;
import io.sluice.config.judge.Judge;
import io.sluice.config.judge.Remedies;
import io.sluice.config.judge.RowSchemas;
import io.sluice.core.model.EndpointPolicy;
import io.sluice.prompts.PromptRegistry;
import io.sluice.prompts.PromptRowCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the deployment fixes, as far as this command is told. Filled in by picocli. */
final class FenceOptions {

  private static final String ALLOW = "SLUICE_ALLOW_ENDPOINTS";
  private static final String REGIONS = "SLUICE_REGIONS";
  private static final String ACCOUNT = "SLUICE_ACCOUNT";
  private static final String SAGEMAKER_PREFIX = "SLUICE_SAGEMAKER_PREFIX";

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
          "The stack's Region, and a Region or geography that the deployment permits (its"
              + " parameter PermittedRegions); repeatable. Default: SLUICE_REGIONS; without it any"
              + " passes here")
  private List<String> regions = List.of();

  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "The stack's account, whose ARNs rows may name. Default: SLUICE_ACCOUNT; without it any"
              + " passes here")
  private String account = "";

  @Option(
      names = "--sagemaker-prefix",
      paramLabel = "PREFIX",
      description =
          "How the names of SageMaker's endpoints begin (the parameter SageMakerEndpointPrefix)."
              + " Default: SLUICE_SAGEMAKER_PREFIX; without it any passes here")
  private String sageMakerPrefix = "";

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
    if (!account.isEmpty()) {
      settings.put(ACCOUNT, account);
    }
    if (!sageMakerPrefix.isEmpty()) {
      settings.put(SAGEMAKER_PREFIX, sageMakerPrefix);
    }
    try {
      DeploymentSettings known = DeploymentSettings.of(settings);
      AwsFence aws = known.aws();
      boolean prefixKnown = !settings.getOrDefault(SAGEMAKER_PREFIX, "").isEmpty();
      boolean endpointsKnown = endpointsKnown(environment);
      return new Deployment(
          endpointsKnown ? known.rowEndpoints() : new AnyEndpoint(),
          endpointsKnown ? known.metadataEndpoints() : new AnyEndpoint(),
          Provider.served(),
          prefixKnown ? aws : new AwsFence(aws.regions(), aws.account(), null),
          known.defaultModel());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** A judge within that fence. */
  Judge judge(Map<String, String> environment) throws Failure {
    return new Judge(
        new RowSchemas(),
        deployment(environment),
        new PromptRowCheck(new PromptRegistry()),
        Remedies.STACK);
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
