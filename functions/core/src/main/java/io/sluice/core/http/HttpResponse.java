package io.sluice.core.http;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.nio.charset.StandardCharsets;

/**
 * A whole answer; its {@code Content-Length} is set by the host.
 *
 * @param status the HTTP status
 * @param headers without {@code Content-Length}
 * @param body callers must not change the array
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpResponse(int status, Headers headers, byte[] body) {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  /** A JSON answer. */
  public static HttpResponse json(int status, JsonValue document) {
    return new HttpResponse(status, JSON, Json.write(document));
  }

  /** The error body of every handler (contract 1.4): {@code {"detail": "..."}}. */
  public static HttpResponse detail(int status, String detail) {
    return json(status, JsonObject.builder().put("detail", detail).build());
  }

  /** The error body of failed authentication (contract 2.2): {@code {"error": "..."}}. */
  public static HttpResponse unauthorized(String error) {
    return json(401, JsonObject.builder().put("error", error).build());
  }

  /** A plain text answer. */
  public static HttpResponse text(int status, String text) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same answer with further headers. */
  public HttpResponse with(Headers more) {
    return new HttpResponse(status, headers.and(more), body);
  }

  /** The same answer with one further header. */
  public HttpResponse with(String name, String value) {
    return with(Headers.of(name, value));
  }
}
