package io.sluice.outbound;

import io.sluice.core.model.EndpointPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Allows every plainly spelled http or https URL: for endpoints that the operator wrote himself.
 * The client still refuses loopback and link-local addresses that the deployment does not list.
 * Immutable.
 */
public final class AnyEndpoint implements EndpointPolicy {

  @Override
  public Optional<String> refusal(String url) {
    try {
      Endpoint.parse(url);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("The endpoint is not acceptable: " + e.getMessage() + ".");
    }
  }

  @Override
  public List<String> allowed() {
    return List.of();
  }
}
