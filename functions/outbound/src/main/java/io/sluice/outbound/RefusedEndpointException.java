package io.sluice.outbound;

import java.io.IOException;

/**
 * The endpoint policy refuses a URL. The message is the same whether something listens there or
 * not.
 */
public final class RefusedEndpointException extends IOException {
  private static final long serialVersionUID = 1L;

  public RefusedEndpointException(String message) {
    super(message);
  }
}
