package io.sluice.gateway;

import io.sluice.config.DeploymentSettings;
import io.sluice.outbound.TrustedAuthorities;
import java.util.Map;

/**
 * The gateway's settings, from environment variables: those of {@link DeploymentSettings}, and
 * {@code SLUICE_CA_BUNDLE}, a file of PEM certificates to trust beside the platform's.
 *
 * @param deployment what rows can only narrow
 * @param authorities who certifies model servers
 */
record GatewaySettings(DeploymentSettings deployment, TrustedAuthorities authorities) {

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is malformed; the message names it
   */
  static GatewaySettings of(Map<String, String> environment) {
    return new GatewaySettings(
        DeploymentSettings.of(environment), TrustedAuthorities.of(environment));
  }
}
