package io.sluice.core.model;

import java.util.List;
import java.util.Optional;

/** Which endpoints may be called. Immutable. */
public interface EndpointPolicy {

  /**
   * Why the URL may not be called, in words for an administrator; empty when it may be. Looks at
   * the URL alone: no name is resolved, nothing is connected.
   */
  Optional<String> refusal(String url);

  /** The endpoints of the allow-list, for messages and checks of rows. */
  List<String> allowed();
}
