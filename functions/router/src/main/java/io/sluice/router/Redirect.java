package io.sluice.router;

import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import java.util.regex.Pattern;

/** The way from a path with a trailing slash to the one without (contract 1.1). */
final class Redirect {

  /** Contract 1.3, order 3: any other host counts as none. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private Redirect() {}

  /**
   * @param path the decoded path without the slash: one of ours, never what the caller wrote; the
   *     query is kept
   */
  static HttpResponse to(HttpRequest request, String scheme, String path) {
    String host = request.headers().first("Host", "");
    String origin = HOST.matcher(host).matches() ? scheme + "://" + host : "";
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    return new HttpResponse(307, Headers.of("Location", origin + path + query), new byte[0]);
  }
}
