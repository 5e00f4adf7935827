package io.sluice.stack.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A method of a REST API. Immutable.
 *
 * @param resource its path as the template writes it, such as {@code /{proxy+}}
 * @param authorizer what is asked before, {@code null} for nobody
 * @param functionArn whom it asks
 * @param streaming whether the answer is streamed
 * @param timeout of the whole answer
 */
record ApiMethod(
    String resource,
    @Nullable Authorizer authorizer,
    String functionArn,
    boolean streaming,
    Duration timeout) {

  /**
   * A REQUEST authorizer without an identity source and without a cache.
   *
   * @param name its name in the API
   * @param functionArn whom it asks
   */
  record Authorizer(String name, String functionArn) {}
}
