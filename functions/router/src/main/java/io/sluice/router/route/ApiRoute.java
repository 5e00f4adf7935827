package io.sluice.router.route;

import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.error.RefusalException;
import java.io.IOException;

/** Answers the requests of one route. Thread-safe. */
@FunctionalInterface
public interface ApiRoute {

  /**
   * Answers.
   *
   * @throws InvalidRequestException if the body violates the route's schema; nothing was sent
   * @throws RefusalException if there is no answer but an error; nothing was sent
   * @throws IOException if the caller is gone
   */
  void handle(ApiRequest request) throws InvalidRequestException, RefusalException, IOException;
}
