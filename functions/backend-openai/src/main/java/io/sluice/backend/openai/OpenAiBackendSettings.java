package io.sluice.backend.openai;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.AwsSecrets;
import io.sluice.config.Deployment;
import io.sluice.config.DeploymentSettings;
import io.sluice.config.ModelRows;
import io.sluice.config.Provider;
import io.sluice.core.log.JsonLog;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.TrustedAuthorities;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a deployed backend, from environment variables: those of {@link
 * DeploymentSettings}, and
 *
 * <ul>
 *   <li>{@code SLUICE_SECRET_PREFIX}: what stands before a row's secret's name in Secrets Manager
 *   <li>{@code SLUICE_CA_BUNDLE}: a file of PEM certificates to trust beside the platform's
 * </ul>
 *
 * @param allowed what rows can only narrow
 * @param secretPrefix such as {@code sluice/}
 * @param authorities who certifies model servers
 */
public record OpenAiBackendSettings(
    DeploymentSettings allowed, String secretPrefix, TrustedAuthorities authorities) {

  /** The kinds of host that this backend calls. */
  public static final Set<Provider> PROVIDERS = Set.of(Provider.OPENAI, Provider.AZURE);

  private static final String SECRET_PREFIX = "SLUICE_SECRET_PREFIX";

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is missing or malformed; the message names it
   */
  public static OpenAiBackendSettings of(Map<String, String> environment) {
    String prefix = environment.getOrDefault(SECRET_PREFIX, "");
    if (prefix.isBlank()) {
      throw new IllegalArgumentException(
          "The environment variable "
              + SECRET_PREFIX
              + " is missing: it is what the names of model servers' secrets begin with");
    }
    return new OpenAiBackendSettings(
        DeploymentSettings.of(environment), prefix, TrustedAuthorities.of(environment));
  }

  /** The fence that these settings draw. */
  public Deployment deployment() {
    return allowed.deployment(PROVIDERS);
  }

  /** A backend with these settings; nothing is called yet. */
  public OpenAiBackend backend(AwsEnvironment aws, ModelRows rows, JsonLog log, Clock clock) {
    return new OpenAiBackend(
        rows,
        new ManagedSecrets(new AwsSecrets(aws), secretPrefix),
        allowed.metadataEndpoints(),
        allowed.rowEndpoints(),
        new SocketOutboundClient(allowed.rowEndpoints(), allowed.rowEndpoints(), authorities),
        log,
        clock);
  }
}
