package io.sluice.backend.openai;

import io.sluice.core.http.Headers;
import io.sluice.core.model.ModelEvent.Failure.Kind;

/** The headers of a request: what is sent, the key included, and nothing of the caller's. */
final class RequestHeaders {

  private RequestHeaders() {}

  /**
   * The headers for a call there.
   *
   * @throws CallFailure if the key can't stand in a header
   */
  static Headers of(Destination destination, boolean stream) throws CallFailure {
    Headers.Builder headers =
        Headers.builder()
            .add("Content-Type", "application/json")
            .add("Accept", stream ? "text/event-stream" : "application/json")
            .add("Accept-Encoding", "identity")
            .add("User-Agent", "sluice");
    String key = key(destination);
    if (key != null && destination.dialect() == Dialect.AZURE) {
      headers.add("api-key", key);
    } else if (key != null) {
      headers.add("Authorization", "Bearer " + key);
    }
    return headers.build();
  }

  private static @org.jspecify.annotations.Nullable String key(Destination destination)
      throws CallFailure {
    if (destination.key() == null) {
      return destination.dialect().placeholder().orElse(null);
    }
    String key = destination.key().reveal();
    if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new CallFailure(
          Kind.CONFIGURATION,
          destination.row() == null
              ? "model_metadata.api_key holds characters that no key has."
              : "The secret " + destination.row().secret() + " holds characters that no key has.");
    }
    return key;
  }
}
