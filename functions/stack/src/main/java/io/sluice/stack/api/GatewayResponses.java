package io.sluice.stack.api;

import io.sluice.core.http.Headers;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.http.HttpAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What API Gateway answers itself: the template's gateway response of the type, else its
 * DEFAULT_4XX or DEFAULT_5XX, else AWS's own. Immutable.
 */
record GatewayResponses(Map<String, JsonObject> defined) {

  /** Answers; returns the status. */
  int answer(GatewayResponseType type, Headers request, ApiContext context, HttpAnswer answer)
      throws IOException {
    context.error(type.name(), type.message());
    JsonObject own = defined.get(type.name());
    JsonObject otherwise = defined.get(type.status() < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
    JsonObject chosen = own == null ? otherwise : own;
    int status = status(chosen, type.status());
    Headers.Builder headers =
        Headers.builder()
            .add("x-amzn-RequestId", String.valueOf(context.get("requestId")))
            .add("x-amz-apigw-id", String.valueOf(context.get("extendedRequestId")))
            .add("Content-Type", "application/json");
    String template = "{\"message\":$context.error.messageString}";
    if (chosen != null) {
      JsonObject templates = chosen.object("responseTemplates");
      template = templates == null ? template : templates.text("application/json", template);
      JsonObject parameters = chosen.object("responseParameters");
      if (parameters != null) {
        parameters
            .members()
            .forEach((name, value) -> header(name, value, request, context, headers));
      }
    }
    answer.send(
        status, headers.build(), context.render(template, "").getBytes(StandardCharsets.UTF_8));
    return status;
  }

  private static int status(@Nullable JsonObject response, int otherwise) {
    JsonValue status = response == null ? null : response.get("statusCode");
    return switch (status) {
      case JsonNumber number -> (int) number.longValue();
      case JsonString text -> Integer.parseInt(text.value());
      case null, default -> otherwise;
    };
  }

  private static void header(
      String name, JsonValue value, Headers request, ApiContext context, Headers.Builder to) {
    String prefix = "gatewayresponse.header.";
    if (!name.startsWith(prefix) || !(value instanceof JsonString text)) {
      throw new IllegalArgumentException("a gateway response sets headers only, not " + name);
    }
    String mapped = mapped(text.value(), request, context);
    if (mapped != null) {
      to.add(name.substring(prefix.length()), mapped);
    }
  }

  private static @Nullable String mapped(String expression, Headers request, ApiContext context) {
    if (expression.length() > 1 && expression.startsWith("'") && expression.endsWith("'")) {
      return expression.substring(1, expression.length() - 1);
    }
    String ofRequest = "method.request.header.";
    if (expression.startsWith(ofRequest)) {
      return request.first(expression.substring(ofRequest.length()));
    }
    if (expression.startsWith("context.")) {
      return context.render("$" + expression, "");
    }
    throw new IllegalArgumentException("no mapping of a gateway response: " + expression);
  }
}
