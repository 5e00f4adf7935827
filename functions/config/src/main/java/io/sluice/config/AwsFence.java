package io.sluice.config;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which models of Bedrock and SageMaker the deployment lets rows and GitLab's metadata name. The
 * roles in {@code infra/functions.yaml} state the same as ARNs: what is let through here by mistake
 * fails there. Immutable.
 *
 * @param regions the Regions where models may run, and the geographies ({@code us}, {@code eu},
 *     {@code apac}, {@code global}) whose cross-Region profiles may be named; empty for all,
 *     without a Region any Region
 * @param account the account whose ARNs may be named; {@code null} for any
 * @param endpointPrefix how the names of SageMaker's endpoints and inference components begin;
 *     empty permits none, {@code null} any
 */
public record AwsFence(
    Set<String> regions, @Nullable String account, @Nullable String endpointPrefix) {

  /** Permits everything: the local host, whose credentials are the fence. */
  public static final AwsFence OPEN = new AwsFence(Set.of(), null, null);

  private static final Set<String> GEOGRAPHIES = Set.of("us", "eu", "apac", "global");
  private static final String PERMIT = " to the parameter PermittedRegions and deploy again";

  public AwsFence {
    regions = Set.copyOf(regions);
  }

  /** Whether models may run in that Region. */
  public boolean permitsRegion(String region) {
    return regions.contains(region) || regions.stream().noneMatch(AwsFence::isRegion);
  }

  /**
   * Why that model may not be asked, naming the template's parameter to change; empty when it may.
   *
   * @param region where it would be asked, {@code null} for the deployment's own Region
   * @param model as a row's {@code model} or the rest of GitLab's identifier names it
   */
  public Optional<String> refusal(Provider provider, @Nullable String region, String model) {
    return switch (provider) {
      case OPENAI, AZURE -> Optional.empty();
      case BEDROCK -> bedrock(region, BedrockName.of(model));
      case SAGEMAKER -> sageMaker(model);
    };
  }

  private Optional<String> bedrock(@Nullable String region, BedrockName name) {
    String named = name.region();
    if (named != null && region != null && !named.equals(region)) {
      return Optional.of("it names the Region " + named + ", but region is " + region);
    }
    if (named != null && !permitsRegion(named)) {
      return Optional.of("it names the Region " + named + ": add " + named + PERMIT);
    }
    if (!name.known()) {
      return Optional.of(
          "its ARN names nothing that the gateway may ask: it must be one of Bedrock and of "
              + String.join(", ", BedrockName.KINDS));
    }
    if (account != null && name.account() != null && !account.equals(name.account())) {
      return Optional.of(
          "its ARN is of another account, which no parameter permits: name a model of the account"
              + " that the stack is in");
    }
    return name.geography() == null ? Optional.empty() : geography(name.geography());
  }

  private Optional<String> geography(String geography) {
    if (regions.isEmpty() || regions.contains(geography)) {
      return Optional.empty();
    }
    String what = "it is a cross-Region profile, whose prompts may leave for " + geography + ": ";
    return Optional.of(
        GEOGRAPHIES.contains(geography)
            ? what + "add " + geography + PERMIT + ", or name a model of the Region"
            : what
                + "the parameter PermittedRegions knows the geographies us, eu, apac and global;"
                + " name a model of the Region");
  }

  private Optional<String> sageMaker(String model) {
    if (endpointPrefix == null) {
      return Optional.empty();
    }
    if (endpointPrefix.isEmpty()) {
      return Optional.of(
          "the deployment permits no endpoint of SageMaker: say how their names begin by the"
              + " parameter SageMakerEndpointPrefix and deploy again");
    }
    for (String name : model.split("/", -1)) {
      if (!name.startsWith(endpointPrefix)) {
        return Optional.of(
            "endpoint and inference component must begin with '"
                + endpointPrefix
                + "': change the name, or the parameter SageMakerEndpointPrefix and deploy again");
      }
    }
    return Optional.empty();
  }

  static boolean isRegion(String word) {
    return word.length() > 2
        && word.indexOf('-') == 2
        && Character.isDigit(word.charAt(word.length() - 1));
  }
}
