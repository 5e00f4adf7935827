package io.sluice.stack.api;

import io.sluice.core.http.Headers;
import java.util.Locale;
import java.util.Set;

/**
 * What a REST API does to headers around a function (API Gateway Developer Guide, "Important notes
 * for REST APIs").
 */
final class HeaderRules {

  private static final Set<String> NOT_TO_FUNCTIONS =
      Set.of(
          "connection",
          "content-length",
          "content-md5",
          "expect",
          "max-forwards",
          "proxy-authenticate",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "www-authenticate");

  private static final Set<String> NOT_TO_CALLERS =
      Set.of(
          "content-length", // the body of a stream is chunked
          "expect",
          "host",
          "proxy-authenticate",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private static final Set<String> RENAMED_TO_CALLERS =
      Set.of(
          "authorization",
          "connection",
          "content-md5",
          "date",
          "max-forwards",
          "server",
          "user-agent",
          "www-authenticate");

  private HeaderRules() {}

  /** What a function gets, with the headers that the edge adds. */
  static Headers toFunction(Headers sent, String client, String traceId) {
    Headers.Builder headers = Headers.builder();
    sent.forEach(
        (name, value) -> {
          if (!NOT_TO_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
            headers.add(name, value);
          }
        });
    return headers
        .add("X-Amzn-Trace-Id", traceId)
        .add("X-Forwarded-For", client)
        .add("X-Forwarded-Port", "443")
        .add("X-Forwarded-Proto", "https")
        .build();
  }

  /** What the caller gets of a function's headers. */
  static Headers toCaller(Headers answered) {
    Headers.Builder headers = Headers.builder();
    answered.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (RENAMED_TO_CALLERS.contains(lower)) {
            headers.add("x-amzn-Remapped-" + name, value);
          } else if (!NOT_TO_CALLERS.contains(lower)) {
            headers.add(name, value);
          }
        });
    if (!answered.has("Content-Type")) {
      headers.add("Content-Type", "application/json");
    }
    return headers.build();
  }
}
