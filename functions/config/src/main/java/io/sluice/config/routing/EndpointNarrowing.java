package io.sluice.config.routing;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The endpoints of {@code metadata.endpoints}. They only narrow what the deployment's policy has
 * already accepted, so a literal comparison is enough: it can refuse too much, never too little.
 */
final class EndpointNarrowing {

  /** What could make a path leave the prefix it starts with. */
  private static final Pattern CLIMBS = Pattern.compile("/\\.{1,2}(/|$)|%|\\\\|[?#]");

  private EndpointNarrowing() {}

  /** Whether the URL is one of these, or below one of them; an empty list allows everything. */
  static boolean allows(List<String> endpoints, String url) {
    if (endpoints.isEmpty()) {
      return true;
    }
    String wanted = withoutSlash(url);
    return endpoints.stream()
        .map(EndpointNarrowing::withoutSlash)
        .anyMatch(
            listed ->
                wanted.equals(listed)
                    || (wanted.startsWith(listed + "/")
                        && !CLIMBS.matcher(wanted.substring(listed.length())).find()));
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
