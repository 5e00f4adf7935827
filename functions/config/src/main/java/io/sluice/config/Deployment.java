package io.sluice.config;

import io.sluice.core.model.EndpointPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trust roots that the deployment fixes; rows only narrow them. Immutable.
 *
 * @param rowEndpoints the endpoints that model rows may name
 * @param metadataEndpoints the endpoints that GitLab's own metadata may name
 * @param providers the kinds of host that a backend here serves
 * @param aws which models of Bedrock and SageMaker rows and metadata may name
 * @param defaultModel who answers while the table says nothing; its name is free in the table, or
 *     the table's row of that name replaces it
 */
public record Deployment(
    EndpointPolicy rowEndpoints,
    EndpointPolicy metadataEndpoints,
    Set<Provider> providers,
    AwsFence aws,
    @Nullable ModelRow defaultModel) {

  public Deployment {
    providers = Set.copyOf(providers);
  }
}
