package io.sluice.stack.aws;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.stack.function.Credentials;
import io.sluice.stack.function.FunctionDefinition;
import io.sluice.stack.http.HttpAnswer;
import io.sluice.stack.http.HttpMessage;
import io.sluice.stack.http.HttpServer;
import io.sluice.stack.iam.AwsAction;
import io.sluice.stack.iam.Roles;
import io.sluice.testing.AwsRefusal;
import io.sluice.testing.AwsSignature;
import io.sluice.testing.WireConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A service's endpoint for the stack's functions: it takes calls that are rightly signed by a
 * function of the stack, and that this function's role permits. Thread-safe.
 */
public final class AwsEndpoint implements AutoCloseable {

  private static final int MAX_BODY = 7 * 1024 * 1024;

  private final HttpServer server;
  private final String service;
  private final String region;
  private final Roles roles;
  private final Refusals refusals;
  private final Operations operations;
  private final Map<String, FunctionDefinition> callers = new HashMap<>();
  private volatile boolean down;

  /** What a service does. */
  public interface Operations {

    /** What the call does, for its permissions. */
    List<AwsAction> actions(String operation, JsonObject body, HttpMessage request)
        throws AwsRefusal;

    /** Answers the call. */
    void answer(String operation, JsonObject body, HttpMessage request, HttpAnswer answer)
        throws AwsRefusal, IOException, InterruptedException;
  }

  /** Is told of calls that were refused before they reached the service. */
  @FunctionalInterface
  public interface Refusals {
    void refused(String sentence);
  }

  private AwsEndpoint(
      String service, String region, Roles roles, Refusals refusals, Operations operations) {
    this.service = service;
    this.region = region;
    this.roles = roles;
    this.refusals = refusals;
    this.operations = operations;
    this.server = HttpServer.start(0, MAX_BODY, this::answer);
  }

  /**
   * Starts the endpoint of a service on a free port.
   *
   * @param service its signing name
   */
  public static AwsEndpoint start(
      String service, String region, Roles roles, Refusals refusals, Operations operations) {
    return new AwsEndpoint(service, region, roles, refusals, operations);
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Knows these functions as callers. */
  public synchronized void callers(Iterable<FunctionDefinition> functions) {
    for (FunctionDefinition function : functions) {
      callers.put(Credentials.of(function).accessKeyId(), function);
    }
  }

  /** Breaks every connection, or no longer: the service is not reached. */
  public void down(boolean isDown) {
    down = isDown;
  }

  private void answer(HttpMessage request, HttpAnswer answer)
      throws IOException, InterruptedException {
    if (down) {
      throw new IOException("down");
    }
    try {
      FunctionDefinition caller = caller(request);
      String target = request.headers().first("X-Amz-Target", "");
      String operation = target.substring(target.indexOf('.') + 1);
      JsonObject body = target.isEmpty() ? JsonObject.EMPTY : json(request.body());
      for (AwsAction action : operations.actions(operation, body, request)) {
        String refusal = roles.refusal(caller.roleArn(), caller.arn(), action);
        if (refusal != null) {
          throw new AwsRefusal("AccessDeniedException", refusal);
        }
      }
      operations.answer(operation, body, request, answer);
    } catch (AwsRefusal e) {
      if (e.code().equals("AccessDeniedException") || e.code().contains("Signature")) {
        refusals.refused(e.code() + ": " + e.getMessage());
      }
      error(answer, 400, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private FunctionDefinition caller(HttpMessage request) throws AwsRefusal {
    String authorization = request.headers().first("Authorization", "");
    int at = authorization.indexOf("Credential=");
    int slash = authorization.indexOf('/', at);
    FunctionDefinition caller =
        at < 0 || slash < 0
            ? null
            : known(authorization.substring(at + "Credential=".length(), slash));
    if (caller == null) {
      throw new AwsRefusal("UnrecognizedClientException", "no function of this stack signed");
    }
    Credentials credentials = Credentials.of(caller);
    String refusal =
        new AwsSignature(
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                credentials.sessionToken(),
                region)
            .refusal(wire(request), service, Instant.now());
    if (refusal != null) {
      throw new AwsRefusal("InvalidSignatureException", caller.name() + ": " + refusal);
    }
    return caller;
  }

  private synchronized @Nullable FunctionDefinition known(String accessKeyId) {
    return callers.get(accessKeyId);
  }

  private static WireConnection.Request wire(HttpMessage request) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new WireConnection.Request(request.method(), request.target(), headers, request.body());
  }

  private static JsonObject json(byte[] body) throws AwsRefusal {
    try {
      if (Json.read(body) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new AwsRefusal("SerializationException", e.getMessage() + "");
    }
    throw new AwsRefusal("SerializationException", "no object");
  }

  /** Answers as the services' JSON protocols do. */
  static void send(HttpAnswer answer, int status, String contentType, byte[] body)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(body);
    answer.send(
        status,
        Headers.builder()
            .add("x-amzn-RequestId", UUID.randomUUID().toString())
            .add("x-amz-crc32", Long.toString(crc.getValue()))
            .add("Content-Type", contentType)
            .build(),
        body);
  }

  static void error(HttpAnswer answer, int status, String code, String message) throws IOException {
    byte[] body =
        Json.text(
                JsonObject.builder()
                    .put("__type", "com.amazonaws#" + code)
                    .put("message", message)
                    .put("Message", message)
                    .build())
            .getBytes(StandardCharsets.UTF_8);
    answer.send(
        status,
        Headers.builder()
            .add("x-amzn-RequestId", UUID.randomUUID().toString())
            .add("x-amzn-ErrorType", code)
            .add("Content-Type", "application/x-amz-json-1.0")
            .build(),
        body);
  }

  @Override
  public void close() {
    server.close();
  }
}
