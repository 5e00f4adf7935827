package io.sluice.config;

import io.sluice.outbound.EndpointAllowList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
 *   <li>{@code SLUICE_REGIONS}: the Regions where models may run beside the function's own, {@code
 *       AWS_REGION}, and the geographies whose cross-Region profiles rows may name, with commas
 *       between them; none by default
 *   <li>{@code SLUICE_ACCOUNT}: the account whose ARNs rows may name; any by default, since nobody
 *       but the role decides then
 *   <li>{@code SLUICE_SAGEMAKER_PREFIX}: how the names of the SageMaker endpoints begin that rows
 *       may name; none may be by default
 *   <li>{@code SLUICE_MODEL_*}: the default model ({@link DefaultModelSettings}); its endpoint is
 *       allowed to it, not to metadata
 * </ul>
 *
 * @param rowEndpoints what rows and the default model may name
 * @param metadataEndpoints what GitLab's metadata may name
 * @param aws which models of Bedrock and SageMaker may be named
 * @param defaultModel who answers while the table says nothing, {@code null} for nobody
 */
public record DeploymentSettings(
    EndpointAllowList rowEndpoints,
    EndpointAllowList metadataEndpoints,
    AwsFence aws,
    @Nullable ModelRow defaultModel) {

  private static final String ALLOW_ENDPOINTS = "SLUICE_ALLOW_ENDPOINTS";
  private static final String REGIONS = "SLUICE_REGIONS";
  private static final String ACCOUNT = "SLUICE_ACCOUNT";
  private static final String SAGEMAKER_PREFIX = "SLUICE_SAGEMAKER_PREFIX";

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
    return new DeploymentSettings(rows, metadata, aws(environment), model);
  }

  private static AwsFence aws(Map<String, String> environment) {
    Set<String> regions = new HashSet<>(words(environment.getOrDefault(REGIONS, "")));
    regions.addAll(words(environment.getOrDefault("AWS_REGION", "")));
    String account = environment.getOrDefault(ACCOUNT, "");
    return new AwsFence(
        regions,
        account.isEmpty() ? null : account,
        environment.getOrDefault(SAGEMAKER_PREFIX, ""));
  }

  /**
   * The fence that these settings draw.
   *
   * @param providers the kinds of host that a backend serves
   */
  public Deployment deployment(Set<Provider> providers) {
    return new Deployment(rowEndpoints, metadataEndpoints, providers, aws, defaultModel);
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split("[\\s,]+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
