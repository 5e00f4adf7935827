package io.sluice.config;

import java.util.List;
import java.util.Set;

/**
 * What GitLab's own {@code model_metadata} may name; it only narrows what the deployment allows.
 *
 * @param allow {@code false} ignores what requests name
 * @param providers the kinds of host; empty for all that the gateway serves
 * @param endpoints base URLs; empty for all that the deployment allows
 * @param identifiers patterns of identifiers for providers without an endpoint (Bedrock,
 *     SageMaker); {@code *} stands for any text; empty for none
 */
public record MetadataPolicy(
    boolean allow, Set<Provider> providers, List<String> endpoints, List<String> identifiers) {

  /** What holds where no row says otherwise. */
  public static final MetadataPolicy DEFAULT =
      new MetadataPolicy(true, Set.of(), List.of(), List.of());

  public MetadataPolicy {
    providers = Set.copyOf(providers);
    endpoints = List.copyOf(endpoints);
    identifiers = List.copyOf(identifiers);
  }
}
