package io.sluice.router;

import io.sluice.router.answer.KeepAlive;
import io.sluice.router.call.Patience;

/**
 * What a host decides about the router.
 *
 * @param scheme {@code http} or {@code https}, for redirects
 * @param region the region that code answers name (contract 3.5)
 * @param detailedErrors whether a schema error says what is wrong when GitLab's verbose logging is
 *     on (contract 1.4)
 * @param patience how long models may take
 * @param keepAlive how silent event streams are kept alive
 */
public record RouterSettings(
    String scheme, String region, boolean detailedErrors, Patience patience, KeepAlive keepAlive) {

  /** The settings of a host that serves this scheme. */
  public static RouterSettings of(String scheme) {
    return new RouterSettings(scheme, "us-central1", true, Patience.DEFAULT, KeepAlive.DEFAULT);
  }
}
