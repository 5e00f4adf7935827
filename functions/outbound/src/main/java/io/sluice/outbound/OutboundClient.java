package io.sluice.outbound;

import io.sluice.core.time.Cancellation;
import java.io.IOException;

/**
 * Sends requests under the endpoint policy: no redirects, no proxy, no cookies, no content coding.
 * Thread-safe; blocks.
 */
public interface OutboundClient {

  /**
   * Sends the request and waits for the response's head.
   *
   * @param cancellation when it is cancelled, the connection is closed at once
   * @throws RefusedEndpointException if the policy refuses the URL or an address of its host
   * @throws java.net.SocketTimeoutException if the head deadline passed
   * @throws IOException if the server can't be reached or its answer isn't HTTP
   */
  OutboundResponse send(OutboundRequest request, Cancellation cancellation) throws IOException;
}
