package io.sluice.core.lambda;

import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.identity.Caller;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API Gateway REST proxy event (also what a request authorizer gets). Immutable.
 *
 * @param request the request that API Gateway received
 * @param caller who the authorizer says is asking; {@code null} where no authorizer was asked, or
 *     where its context names no caller
 * @param requestId API Gateway's own id of the request, empty when there is none
 * @param methodArn what an authorizer decides about, empty in other functions
 */
public record ProxyEvent(
    HttpRequest request, @Nullable Caller caller, String requestId, String methodArn) {

  private static final String HEX = "0123456789ABCDEF";

  /**
   * Reads an event.
   *
   * @param arrivedNanos {@link System#nanoTime()} when the invocation came
   * @return empty for JSON that is no proxy event: Lambda may send others
   */
  public static Optional<ProxyEvent> read(byte[] event, long arrivedNanos) {
    try {
      return Json.read(event) instanceof JsonObject members
          ? of(members, arrivedNanos)
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<ProxyEvent> of(JsonObject event, long arrivedNanos) {
    JsonObject context =
        Objects.requireNonNullElse(event.object("requestContext"), JsonObject.EMPTY);
    String method = event.text("httpMethod", context.text("httpMethod", ""));
    String path = event.text("path", context.text("path", ""));
    if (method.isEmpty() || !path.startsWith("/")) {
      return Optional.empty();
    }
    JsonObject identity = Objects.requireNonNullElse(context.object("identity"), JsonObject.EMPTY);
    HttpRequest request =
        new HttpRequest(
            method.toUpperCase(Locale.ROOT),
            path,
            query(event),
            headers(event),
            body(event),
            new HttpRequest.Client(identity.text("sourceIp", ""), 0),
            version(context.text("protocol", "HTTP/1.1")),
            arrivedNanos);
    return Optional.of(
        new ProxyEvent(
            request,
            caller(context.object("authorizer")),
            context.text("requestId", ""),
            event.text("methodArn", "")));
  }

  private static Headers headers(JsonObject event) {
    Headers.Builder headers = Headers.builder();
    JsonObject all = event.object("multiValueHeaders");
    JsonObject source =
        all == null ? Objects.requireNonNullElse(event.object("headers"), JsonObject.EMPTY) : all;
    source
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonArray values) {
                values.forEach(one -> add(headers, name, one));
              } else {
                add(headers, name, value);
              }
            });
    return headers.build();
  }

  private static void add(Headers.Builder headers, String name, JsonValue value) {
    if (value instanceof JsonString text) {
      headers.add(name, text.value());
    }
  }

  private static Body body(JsonObject event) {
    String text = event.text("body");
    if (text == null) {
      return Body.EMPTY;
    }
    byte[] bytes;
    if (event.flag("isBase64Encoded")) {
      try {
        bytes = Base64.getMimeDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        bytes = new byte[0]; // API Gateway encodes: this can't happen
      }
    } else {
      bytes = text.getBytes(StandardCharsets.UTF_8);
    }
    return bytes.length > Body.MAX_BYTES ? new Body.TooLarge() : new Body.Complete(bytes);
  }

  /** API Gateway hands the parameters on decoded; they are encoded again. */
  private static String query(JsonObject event) {
    StringBuilder query = new StringBuilder();
    JsonObject all = event.object("multiValueQueryStringParameters");
    JsonObject one = event.object("queryStringParameters");
    JsonObject source = all != null ? all : one != null ? one : JsonObject.EMPTY;
    source
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonArray values) {
                values.forEach(item -> parameter(query, name, item));
              } else {
                parameter(query, name, value);
              }
            });
    return query.toString();
  }

  private static void parameter(StringBuilder query, String name, JsonValue value) {
    if (value instanceof JsonString text) {
      query.append(query.isEmpty() ? "" : "&");
      encode(query, name);
      encode(query.append('='), text.value());
    }
  }

  private static void encode(StringBuilder query, String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/:,".indexOf(c) >= 0;
      if (plain) {
        query.append(c);
      } else {
        query.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }

  private static @Nullable Caller caller(@Nullable JsonObject authorizer) {
    if (authorizer == null || !authorizer.has("issuer")) {
      return null;
    }
    Map<String, String> context = new LinkedHashMap<>();
    authorizer
        .members()
        .forEach(
            (name, value) -> {
              switch (value) {
                case JsonString text -> context.put(name, text.value());
                case JsonNumber number -> context.put(name, number.text());
                case JsonNull ignored -> {}
                case JsonValue other -> context.put(name, Json.text(other));
              }
            });
    try {
      return Caller.fromContext(context);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String version(String protocol) {
    int slash = protocol.indexOf('/');
    return slash < 0 ? "1.1" : protocol.substring(slash + 1);
  }
}
