package io.sluice.core.exchange;

import java.io.IOException;

/** Answers exchanges. Thread-safe; may block. */
@FunctionalInterface
public interface ExchangeHandler {

  /**
   * Answers the request completely.
   *
   * @throws IOException if the caller is gone
   */
  void handle(Exchange exchange) throws IOException;
}
