package io.sluice.stack.api;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an API's OpenAPI body. What it can't do as API Gateway does it is an error. */
final class ApiDefinition {

  private static final String ANY = "x-amazon-apigateway-any-method";
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete", "options", ANY);
  private static final Pattern FUNCTION =
      Pattern.compile(
          "arn:[^:]+:apigateway:[^:]+:lambda:path/(2015-03-31|2021-11-15)/functions/(.+)"
              + "/(invocations|response-streaming-invocations)");

  private final String place;
  private final JsonObject body;

  private ApiDefinition(String place, JsonObject body) {
    this.place = place;
    this.body = body;
  }

  /** The API of a resource of type {@code AWS::ApiGateway::RestApi}. */
  static ApiDefinition of(Resource api) {
    JsonObject body = api.object("Body");
    if (body == null) {
      throw new UnresolvedException(api.place(), "only an API with a Body is known here");
    }
    return new ApiDefinition(api.place() + ".Body", body);
  }

  /** The methods by resource and upper-case method; any method is {@code *}. */
  Map<String, Map<String, ApiMethod>> methods() {
    Map<String, Map<String, ApiMethod>> all = new LinkedHashMap<>();
    object(body, "paths", place)
        .members()
        .forEach(
            (path, item) -> {
              Map<String, ApiMethod> methods = new HashMap<>();
              ((JsonObject) item)
                  .members()
                  .forEach(
                      (name, method) -> {
                        if (METHODS.contains(name)) {
                          methods.put(
                              name.equals(ANY) ? "*" : name.toUpperCase(Locale.ROOT),
                              method(path, name, (JsonObject) method));
                        }
                      });
              all.put(path, methods);
            });
    return all;
  }

  private ApiMethod method(String path, String name, JsonObject method) {
    String at = place + ".paths." + path + "." + name;
    JsonObject integration = object(method, "x-amazon-apigateway-integration", at);
    if (!integration.text("type", "").equalsIgnoreCase("aws_proxy")) {
      throw new UnresolvedException(at, "only integrations of type aws_proxy are known here");
    }
    if (!integration.text("httpMethod", "").equals("POST")) {
      throw new UnresolvedException(at, "a function is asked by POST");
    }
    Matcher uri = FUNCTION.matcher(integration.text("uri", ""));
    if (!uri.matches()) {
      throw new UnresolvedException(at, "the uri is none of a function");
    }
    boolean streaming = integration.text("responseTransferMode", "BUFFERED").equals("STREAM");
    if (streaming
        != Objects.requireNonNull(uri.group(3)).equals("response-streaming-invocations")) {
      throw new UnresolvedException(at, "responseTransferMode and uri contradict each other");
    }
    Long timeout = integration.number("timeoutInMillis");
    long millis = timeout == null ? 29_000 : timeout;
    if (millis < 50 || millis > 900_000) {
      throw new UnresolvedException(at, "timeoutInMillis is outside of 50 to 900000");
    }
    return new ApiMethod(
        path,
        authorizer(method.array("security"), at),
        Objects.requireNonNull(uri.group(2)),
        streaming,
        Duration.ofMillis(millis));
  }

  private ApiMethod.@Nullable Authorizer authorizer(@Nullable JsonArray security, String at) {
    JsonArray all = security == null ? body.array("security") : security;
    if (all == null || all.size() == 0) {
      return null;
    }
    String name = ((JsonObject) all.get(0)).members().keySet().iterator().next();
    JsonObject scheme =
        object(object(object(body, "components", at), "securitySchemes", at), name, at);
    JsonObject authorizer = object(scheme, "x-amazon-apigateway-authorizer", at);
    Long ttl = authorizer.number("authorizerResultTtlInSeconds");
    boolean plain =
        authorizer.text("type", "").equals("request")
            && authorizer.text("identitySource", "").isEmpty()
            && ttl != null
            && ttl == 0
            && scheme.text("type", "").equals("apiKey")
            && scheme.text("in", "").equals("header")
            && scheme.text("x-amazon-apigateway-authtype", "").equals("custom");
    if (!plain) {
      throw new UnresolvedException(
          at, "only a REQUEST authorizer without identity source and cache is known here");
    }
    Matcher uri = FUNCTION.matcher(authorizer.text("authorizerUri", ""));
    if (!uri.matches() || !Objects.requireNonNull(uri.group(3)).equals("invocations")) {
      throw new UnresolvedException(at, "the authorizerUri is none of a function");
    }
    return new ApiMethod.Authorizer(name, Objects.requireNonNull(uri.group(2)));
  }

  /** The gateway responses by their types. */
  Map<String, JsonObject> gatewayResponses() {
    Map<String, JsonObject> responses = new HashMap<>();
    JsonObject all = body.object("x-amazon-apigateway-gateway-responses");
    if (all != null) {
      all.members().forEach((type, response) -> responses.put(type, (JsonObject) response));
    }
    return responses;
  }

  private static JsonObject object(JsonObject from, String name, String at) {
    JsonObject found = from.object(name);
    if (found == null) {
      throw new UnresolvedException(at, "there is no " + name);
    }
    return found;
  }
}
