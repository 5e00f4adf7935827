package io.sluice.stack.api;

import io.sluice.core.http.Headers;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.http.HttpMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of one request: for its authorizer and for its function.
 *
 * @param request as it came
 * @param path without the stage
 * @param headers as a function gets them
 * @param requestContext without {@code authorizer}
 */
record ProxyEvents(
    HttpMessage request,
    String path,
    Headers headers,
    Routes.Match match,
    JsonObject requestContext) {

  /** What the authorizer gets. */
  JsonObject forAuthorizer(String methodArn) {
    return JsonObject.builder()
        .put("type", "REQUEST")
        .put("methodArn", methodArn)
        .putAll(common())
        .put("requestContext", requestContext)
        .build();
  }

  /** What the function gets. */
  JsonObject forFunction(Map<String, Object> authorizer) {
    JsonObject.Builder context = JsonObject.builder().putAll(requestContext);
    if (!authorizer.isEmpty()) {
      context.put("authorizer", authorizer);
    }
    byte[] body = request.body();
    return JsonObject.builder()
        .putAll(common())
        .put("requestContext", context.build())
        .put("body", body.length == 0 ? JsonNull.NULL : JsonValue.of(text(body)))
        .put("isBase64Encoded", false)
        .build();
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return new String(body, StandardCharsets.UTF_8); // as API Gateway: the rest becomes U+FFFD
    }
  }

  private JsonObject common() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> lines.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    Map<String, List<String>> query = query();
    return JsonObject.builder()
        .put("resource", match.method().resource())
        .put("path", path)
        .put("httpMethod", request.method())
        .put("headers", last(lines))
        .put("multiValueHeaders", lines)
        .put("queryStringParameters", query.isEmpty() ? JsonNull.NULL : last(query))
        .put(
            "multiValueQueryStringParameters",
            query.isEmpty() ? JsonNull.NULL : JsonValue.of(query))
        .put(
            "pathParameters",
            match.parameters().isEmpty() ? JsonNull.NULL : JsonValue.of(match.parameters()))
        .put("stageVariables", JsonNull.NULL)
        .build();
  }

  private static JsonObject last(Map<String, List<String>> lines) {
    Map<String, String> last = new LinkedHashMap<>();
    lines.forEach((name, values) -> last.put(name, values.getLast()));
    return JsonObject.of(last);
  }

  private Map<String, List<String>> query() {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (!request.query().isEmpty()) {
      for (String parameter : request.query().split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        query
            .computeIfAbsent(Routes.decoded(name.replace("+", " ")), n -> new ArrayList<>())
            .add(Routes.decoded(value.replace("+", " ")));
      }
    }
    return query;
  }
}
