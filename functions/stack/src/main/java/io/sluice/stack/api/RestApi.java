package io.sluice.stack.api;

import io.sluice.core.http.Headers;
import io.sluice.core.json.JsonObject;
import io.sluice.stack.function.Functions;
import io.sluice.stack.http.HttpAnswer;
import io.sluice.stack.http.HttpMessage;
import io.sluice.stack.http.HttpServer;
import io.sluice.stack.iam.InvokePermissions;
import io.sluice.stack.template.Account;
import io.sluice.stack.template.Resource;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A private REST API that does what its OpenAPI body says. Reached under its stage's name, as at
 * {@code execute-api}, and without it, as at a domain name. The resource policy is not simulated:
 * every caller comes through the permitted endpoint. Thread-safe.
 */
public final class RestApi implements HttpServer.Handler {

  /** The largest body that API Gateway takes, in bytes. */
  public static final int MAX_BODY = 10 * 1024 * 1024;

  /** The largest payload of an invocation, in bytes. */
  private static final int MAX_EVENT = 6 * 1024 * 1024;

  /** The total size of all headers, in bytes. */
  private static final int MAX_HEADERS = 10_240;

  private final String id;
  private final String stage;
  private final Account account;
  private final Routes routes;
  private final GatewayResponses responses;
  private final AuthorizerCall authorizers;
  private final Integration integration;
  private final @Nullable String logFormat;
  private final Consumer<String> accessLog;

  /**
   * The API of these resources.
   *
   * @param accessLog takes the lines of the access log
   */
  public RestApi(
      Resource api,
      Resource stage,
      Account account,
      Functions functions,
      InvokePermissions permissions,
      Consumer<String> accessLog) {
    ApiDefinition definition = ApiDefinition.of(api);
    this.id = api.physicalId();
    this.stage = stage.text("StageName");
    this.account = account;
    this.routes = new Routes(definition.methods());
    this.responses = new GatewayResponses(definition.gatewayResponses());
    this.authorizers = new AuthorizerCall(functions, permissions);
    this.integration = new Integration(functions, permissions);
    JsonObject log = stage.object("AccessLogSetting");
    this.logFormat = log == null ? null : log.text("Format");
    this.accessLog = accessLog;
  }

  /** Throws for what the API says and this class can't do. */
  public static void judge(Resource api) {
    ApiDefinition definition = ApiDefinition.of(api);
    var _ = definition.methods();
    var _ = definition.gatewayResponses();
  }

  @Override
  public void answer(HttpMessage request, HttpAnswer answer)
      throws IOException, InterruptedException {
    ApiContext context = new ApiContext();
    long began = System.nanoTime();
    try {
      int status = decide(request, context, answer);
      context.set("status", Integer.toString(status));
    } finally {
      context.set("responseLatency", Long.toString((System.nanoTime() - began) / 1_000_000));
      if (logFormat != null) {
        accessLog.accept(context.render(logFormat, "-"));
      }
    }
  }

  private int decide(HttpMessage request, ApiContext context, HttpAnswer answer)
      throws IOException, InterruptedException {
    String path = withoutStage(request.path());
    describe(request, path, context);
    if (headerBytes(request.headers()) > MAX_HEADERS) {
      answer.send(431, Headers.of("x-amzn-RequestId", id(context)), new byte[0]);
      return 431;
    }
    if (request.body().length > MAX_BODY) {
      return responses.answer(
          GatewayResponseType.REQUEST_TOO_LARGE, request.headers(), context, answer);
    }
    Routes.Match match = routes.find(request.method(), path);
    if (match == null) {
      return responses.answer(
          GatewayResponseType.MISSING_AUTHENTICATION_TOKEN, request.headers(), context, answer);
    }
    context.set("resourcePath", match.method().resource());
    Headers headers =
        HeaderRules.toFunction(
            request.headers(), request.client(), "Root=1-" + id(context).substring(0, 8));
    ProxyEvents events =
        new ProxyEvents(request, path, headers, match, requestContext(request, match, context));
    Map<String, Object> caller = new HashMap<>();
    ApiMethod.Authorizer authorizer = match.method().authorizer();
    if (authorizer != null) {
      String methodArn = arn(stage + "/" + request.method() + path);
      GatewayResponseType refusal =
          authorizers.decide(
              authorizer,
              arn("authorizers/" + authorizer.name()),
              methodArn,
              events.forAuthorizer(methodArn),
              context,
              caller);
      if (refusal != null) {
        return responses.answer(refusal, request.headers(), context, answer);
      }
    }
    byte[] event = io.sluice.core.json.Json.write(events.forFunction(caller));
    if (event.length > MAX_EVENT) {
      return responses.answer(
          GatewayResponseType.REQUEST_TOO_LARGE, request.headers(), context, answer);
    }
    GatewayResponseType failure =
        integration.run(
            match.method(),
            arn(stage + "/" + request.method() + match.method().resource()),
            event,
            context,
            answer);
    if (failure != null) {
      return responses.answer(failure, request.headers(), context, answer);
    }
    return Integer.parseInt(String.valueOf(context.get("integration.status")));
  }

  private String arn(String resource) {
    return account.arn("execute-api", id + "/" + resource);
  }

  private static String id(ApiContext context) {
    return String.valueOf(context.get("requestId"));
  }

  private String withoutStage(String path) {
    String prefix = "/" + stage;
    if (path.equals(prefix)) {
      return "/";
    }
    return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
  }

  private static int headerBytes(Headers headers) {
    int[] bytes = {0};
    headers.forEach((name, value) -> bytes[0] += name.length() + value.length() + 4);
    return bytes[0];
  }

  private void describe(HttpMessage request, String path, ApiContext context) {
    String requestId = UUID.randomUUID().toString();
    context.set("requestId", requestId);
    context.set("extendedRequestId", requestId.substring(0, 13).replace("-", "") + "=");
    context.set("requestTime", Instant.now().toString());
    context.set("requestTimeEpoch", Long.toString(System.currentTimeMillis()));
    context.set("httpMethod", request.method());
    context.set("path", "/" + stage + path);
    context.set("protocol", "HTTP/1.1");
    context.set("stage", stage);
    context.set("apiId", id);
    context.set("accountId", account.id());
    context.set("domainName", request.headers().first("Host", "localhost"));
    context.set("identity.sourceIp", request.client());
    context.set("identity.userAgent", request.headers().first("User-Agent", ""));
    context.set("identity.vpceId", "vpce-0123456789abcdef0");
    context.set("identity.vpcId", "vpc-0123456789abcdef0");
  }

  private JsonObject requestContext(HttpMessage request, Routes.Match match, ApiContext context) {
    JsonObject.Builder built = JsonObject.builder();
    built.put("resourceId", Integer.toHexString(match.method().resource().hashCode()));
    built.put("resourcePath", match.method().resource());
    for (String name :
        new String[] {
          "httpMethod",
          "extendedRequestId",
          "requestTime",
          "path",
          "accountId",
          "protocol",
          "stage",
          "domainName",
          "requestId",
          "apiId"
        }) {
      built.put(name, context.get(name));
    }
    return built
        .put("requestTimeEpoch", System.currentTimeMillis())
        .put(
            "identity",
            Map.of(
                "sourceIp",
                request.client(),
                "userAgent",
                request.headers().first("User-Agent", ""),
                "vpceId",
                "vpce-0123456789abcdef0",
                "vpcId",
                "vpc-0123456789abcdef0"))
        .build();
  }
}
