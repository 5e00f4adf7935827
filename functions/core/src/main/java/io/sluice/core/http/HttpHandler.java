package io.sluice.core.http;

import java.io.IOException;

/** Answers requests. Thread-safe; may block (virtual threads). */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers one request completely: it returns after the answer was sent, ended or aborted.
   *
   * @throws IOException if the caller is gone
   */
  void handle(HttpRequest request, ResponseStream response) throws IOException;
}
