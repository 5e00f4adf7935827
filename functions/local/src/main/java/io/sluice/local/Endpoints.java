package io.sluice.local;

import io.sluice.authorizer.Issuer;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.TrustedAuthorities;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be called, as the flags list it. Immutable.
 *
 * @param gitLab the origins of the GitLabs
 * @param metadata what GitLab's own metadata may name
 * @param rows what rows may name: the same, and the default model's endpoint
 * @param authorities who certifies them
 */
record Endpoints(
    EndpointAllowList gitLab,
    EndpointAllowList metadata,
    EndpointAllowList rows,
    TrustedAuthorities authorities) {

  private static final String BUNDLE = "SSL_CERT_FILE";

  static Endpoints of(Settings settings, Map<String, String> environment) throws StartupException {
    List<String> rows = new ArrayList<>(settings.allowedEndpoints());
    if (settings.modelEndpoint() != null) {
      list("--model-endpoint", List.of(settings.modelEndpoint()));
      rows.add(settings.modelEndpoint());
    }
    List<String> origins = new ArrayList<>();
    for (String url : settings.gitLabUrls()) {
      origins.add(origin(url));
    }
    if (settings.customersPortal()) {
      Issuer.customersPortal().origin().ifPresent(origins::add);
    }
    return new Endpoints(
        list("--gitlab-url", origins),
        list("--allow-endpoint", settings.allowedEndpoints()),
        list("--allow-endpoint", rows),
        authorities(environment.get(BUNDLE)));
  }

  /** Keys may be found at the root of a GitLab that lives below a path. */
  private static String origin(String url) throws StartupException {
    try {
      URI parsed = URI.create(url);
      if (parsed.getScheme() != null && parsed.getRawAuthority() != null) {
        return parsed.getScheme() + "://" + parsed.getRawAuthority();
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new StartupException("--gitlab-url", "'%s' is no http or https URL".formatted(url));
  }

  private static EndpointAllowList list(String flag, List<String> urls) throws StartupException {
    try {
      return new EndpointAllowList(flag, urls);
    } catch (IllegalArgumentException e) {
      throw new StartupException(flag, String.valueOf(e.getMessage()));
    }
  }

  private static TrustedAuthorities authorities(@Nullable String bundle) throws StartupException {
    if (bundle == null || bundle.isBlank()) {
      return TrustedAuthorities.platform();
    }
    try {
      return TrustedAuthorities.platformAnd(Path.of(bundle));
    } catch (IllegalArgumentException e) {
      throw new StartupException(BUNDLE, bundle + " is no readable file of PEM certificates");
    }
  }
}
