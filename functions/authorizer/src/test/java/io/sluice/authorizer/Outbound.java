package io.sluice.authorizer;

import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.TrustedAuthorities;
import java.util.List;

/** The real outbound client, allowed to reach stubs. */
final class Outbound {

  private Outbound() {}

  static SocketOutboundClient allowing(String... urls) {
    EndpointAllowList allowed = new EndpointAllowList("--gitlab-url", List.of(urls));
    return new SocketOutboundClient(allowed, allowed, TrustedAuthorities.platform());
  }
}
