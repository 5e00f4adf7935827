package io.sluice.publisher;

import io.sluice.config.DeploymentSettings;
import io.sluice.outbound.TrustedAuthorities;
import io.sluice.outbound.oidc.IssuerUrl;
import java.util.List;
import java.util.Map;

/**
 * The publisher's settings, from environment variables: those of {@link DeploymentSettings}, which
 * draw the fence that rows are judged with, and
 *
 * <ul>
 *   <li>{@code SLUICE_ROUTES_TABLE}, {@code SLUICE_STATE_TABLE}: the tables' names
 *   <li>{@code SLUICE_GITLAB_URLS}: the GitLabs whose keys are fetched, with commas between them;
 *       none by default
 *   <li>{@code SLUICE_CA_BUNDLE}: a file of PEM certificates that certify GitLab, beside the
 *       platform's
 * </ul>
 *
 * @param routesTable where rows are
 * @param stateTable where snapshots and keys go
 * @param issuers the GitLabs, as the {@code iss} of their tokens
 * @param deployment what rows can only narrow
 * @param authorities who certifies GitLab's servers
 */
record PublisherSettings(
    String routesTable,
    String stateTable,
    List<String> issuers,
    DeploymentSettings deployment,
    TrustedAuthorities authorities) {

  static final String GITLAB_URLS = "SLUICE_GITLAB_URLS";

  PublisherSettings {
    issuers = List.copyOf(issuers);
  }

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is missing or malformed; the message names it
   */
  static PublisherSettings of(Map<String, String> environment) {
    return new PublisherSettings(
        required(environment, "SLUICE_ROUTES_TABLE"),
        required(environment, "SLUICE_STATE_TABLE"),
        issuers(environment.getOrDefault(GITLAB_URLS, "")),
        DeploymentSettings.of(environment),
        TrustedAuthorities.of(environment));
  }

  private static List<String> issuers(String urls) {
    try {
      return IssuerUrl.list(urls).stream().distinct().toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(GITLAB_URLS + ": " + e.getMessage(), e);
    }
  }

  private static String required(Map<String, String> environment, String variable) {
    String value = environment.getOrDefault(variable, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(variable + " must name the table");
    }
    return value;
  }
}
