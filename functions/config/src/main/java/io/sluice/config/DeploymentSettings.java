package io.sluice.config;

import io.sluice.outbound.EndpointAllowList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the deployment fixes, from environment variables that router, backends and publisher share.
 * They are trust roots: deployment sets them, rows can't. An empty variable counts as absent.
 *
 * <ul>
 *   <li>{@code SLUICE_ALLOW_ENDPOINTS}: the endpoints that rows and GitLab's own metadata may name,
 *       with blanks between them; none by default
 *   <li>{@code SLUICE_REGIONS}: the Regions where models may run, with commas between them; by
 *       default the function's own, {@code AWS_REGION}
 *   <li>{@code SLUICE_MODEL_*}: the default model ({@link DefaultModelSettings}); its endpoint is
 *       allowed to it, not to metadata
 * </ul>
 *
 * @param rowEndpoints what rows and the default model may name
 * @param metadataEndpoints what GitLab's metadata may name
 * @param regions where models may run; empty for anywhere
 * @param defaultModel who answers while the table says nothing, {@code null} for nobody
 */
public record DeploymentSettings(
    EndpointAllowList rowEndpoints,
    EndpointAllowList metadataEndpoints,
    Set<String> regions,
    @Nullable ModelRow defaultModel) {

  private static final String ALLOW_ENDPOINTS = "SLUICE_ALLOW_ENDPOINTS";
  private static final String REGIONS = "SLUICE_REGIONS";

  public DeploymentSettings {
    regions = Set.copyOf(regions);
  }

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is malformed; the message names it
   */
  public static DeploymentSettings of(Map<String, String> environment) {
    List<String> allowed = words(environment.getOrDefault(ALLOW_ENDPOINTS, ""));
    EndpointAllowList metadata = new EndpointAllowList(ALLOW_ENDPOINTS, allowed);
    ModelRow model = DefaultModelSettings.of(environment);
    EndpointAllowList rows = metadata;
    if (model != null && model.endpoint() != null) {
      List<String> all = new ArrayList<>(allowed);
      all.add(model.endpoint());
      rows = new EndpointAllowList(ALLOW_ENDPOINTS, all);
    }
    String regions = environment.getOrDefault(REGIONS, "");
    String where = regions.isBlank() ? environment.getOrDefault("AWS_REGION", "") : regions;
    return new DeploymentSettings(rows, metadata, Set.copyOf(words(where)), model);
  }

  /**
   * The fence that these settings draw.
   *
   * @param providers the kinds of host that a backend serves
   */
  public Deployment deployment(Set<Provider> providers) {
    return new Deployment(rowEndpoints, metadataEndpoints, providers, regions, defaultModel);
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split("[\\s,]+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
