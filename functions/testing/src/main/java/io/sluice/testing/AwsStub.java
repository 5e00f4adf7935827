package io.sluice.testing;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The AWS services that request-path functions call, at one origin: DynamoDB GetItem, SQS
 * SendMessage, KMS GetPublicKey and Sign, Secrets Manager GetSecretValue, Lambda
 * InvokeWithResponseStream. It speaks the services' own protocols (JSON 1.0 and 1.1, REST-JSON with
 * an event stream) and takes only calls whose signature it finds to be right. Thread-safe.
 */
public final class AwsStub implements AutoCloseable {

  /** The Region of {@link #environment()}. */
  public static final String REGION = "eu-central-1";

  private static final String ACCESS_KEY = "ASIAEXAMPLEOFASTUB01";
  private static final String SECRET_KEY = "example/secret+key/of/the/stub/of/AWS001";
  private static final String SESSION_TOKEN = "example+session/token==";
  private static final String INVOKE = "/2021-11-15/functions/";
  private static final String INVOKE_END = "/response-streaming-invocations";

  private final AwsSignature signature =
      new AwsSignature(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, REGION);
  private final StubTables tables = new StubTables();
  private final StubKeys keys = new StubKeys();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final Map<String, StreamedFunction> functions = new ConcurrentHashMap<>();
  private final Map<String, Queue<Behaviour>> faults = new ConcurrentHashMap<>();
  private final Map<String, List<String>> messages = new ConcurrentHashMap<>();
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final WireServer server;

  private volatile Duration latency = Duration.ZERO;

  /** A function that the stub's Lambda invokes. */
  @FunctionalInterface
  public interface StreamedFunction {
    /** Answers; what it throws ends the connection, so that the caller sees a cut stream. */
    void answer(byte[] payload, InvokeStream stream) throws IOException, InterruptedException;
  }

  /** Answers a call in place of the service. */
  @FunctionalInterface
  public interface Behaviour {
    /** Answers; what it throws ends the connection. */
    void answer(AwsCall call, WireConnection connection) throws IOException;
  }

  private AwsStub(ServerSocketFactory sockets) {
    server = WireServer.start(sockets, this::play);
  }

  /** Starts a stub on a free port of 127.0.0.1. */
  public static AwsStub start() {
    return start(ServerSocketFactory.getDefault());
  }

  /** Starts a stub on a free port of 127.0.0.1, on a socket of that kind, such as one of TLS. */
  public static AwsStub start(ServerSocketFactory sockets) {
    return new AwsStub(sockets);
  }

  /** The origin, for {@code AWS_ENDPOINT_URL}. */
  public String url() {
    return server.origin();
  }

  /** What a function's environment needs in order to call this stub: Region, keys, endpoint. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET_KEY,
        "AWS_SESSION_TOKEN",
        SESSION_TOKEN,
        "AWS_ENDPOINT_URL",
        url());
  }

  /** Has a table, empty if it is new; others don't exist. */
  public AwsStub table(String name) {
    tables.table(name);
    return this;
  }

  /**
   * Puts an item into a table whose key is {@code id}, in place of the one with the same id.
   *
   * @param item in DynamoDB's JSON: {@code {"id":{"S":"live"},...}}
   */
  public AwsStub item(String table, JsonObject item) {
    tables.put(table, item);
    return this;
  }

  /** Puts the item that the publisher writes for an issuer's keys, fetched just now. */
  public AwsStub keys(String table, String issuer, String jwks) {
    return item(
        table,
        JsonObject.of(
            Map.of(
                "id", Map.of("S", "keys/" + issuer),
                "issuer", Map.of("S", issuer),
                "fetched_at", Map.of("S", Instant.now().toString()),
                "jwks", Map.of("S", jwks))));
  }

  /** Takes an item away. */
  public AwsStub withoutItem(String table, String id) {
    tables.remove(table, id);
    return this;
  }

  /** Has a signing key under that ARN. */
  public AwsStub key(String arn, TestKey key) {
    keys.put(arn, key);
    return this;
  }

  /** Has a secret of that name. */
  public AwsStub secret(String name, String text) {
    secrets.put(name, text);
    return this;
  }

  /** Has a function of that name; a name with {@code :alias} is that alias of it only. */
  public AwsStub function(String name, StreamedFunction function) {
    functions.put(name, function);
    return this;
  }

  /** Lets every further call wait that long before it is answered, as a network does. */
  public AwsStub latency(Duration delay) {
    latency = delay;
    return this;
  }

  /** Answers the next calls of an operation so, one each; later ones are the service's own. */
  public AwsStub next(String operation, Behaviour... answers) {
    Queue<Behaviour> queue = faults.computeIfAbsent(operation, o -> new ArrayDeque<>());
    synchronized (queue) {
      queue.addAll(List.of(answers));
    }
    return this;
  }

  /** An answer with an error as the services give it. */
  public static Behaviour error(int status, String code, String message) {
    return (call, connection) -> AwsWire.error(connection, status, code, message);
  }

  /** The service's own answer after a while. */
  public Behaviour late(Duration delay) {
    return (call, connection) -> {
      pause(delay);
      serve(call, connection);
    };
  }

  private static void pause(Duration delay) throws IOException {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The calls that were rightly signed, in order. */
  public List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  /** The rightly signed calls of that operation, in order. */
  public List<AwsCall> calls(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).toList();
  }

  /** The bodies of the messages that were accepted for the queue, in order. */
  public List<String> messages(String queueUrl) {
    return List.copyOf(messages.getOrDefault(queueUrl, List.of()));
  }

  /** Why calls were refused before they reached a service: a wrong signature, above all. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** How many connections were ever accepted. */
  public int acceptedConnections() {
    return server.accepted();
  }

  @Override
  public void close() {
    server.close();
  }

  private void play(WireConnection connection) throws IOException {
    for (var request = connection.request(); request != null; request = connection.request()) {
      AwsCall call = call(request);
      String refusal =
          call == null
              ? request.method() + " " + request.target() + " is no operation of this stub"
              : refusal(call, request);
      if (call == null || refusal != null) {
        refusals.add(String.valueOf(refusal));
        AwsWire.error(connection, 403, "InvalidSignatureException", String.valueOf(refusal));
        continue;
      }
      calls.add(call);
      pause(latency);
      Behaviour fault = fault(call.operation());
      if (fault != null) {
        fault.answer(call, connection);
      } else {
        serve(call, connection);
      }
    }
  }

  private @Nullable String refusal(AwsCall call, WireConnection.Request request) {
    String type = AwsWire.CONTENT_TYPES.get(call.service());
    return type != null && !type.equals(call.header("content-type"))
        ? call.service() + " takes the content type " + type
        : signature.refusal(request, call.service(), Instant.now());
  }

  private static @Nullable AwsCall call(WireConnection.Request request) {
    String target = request.target();
    String[] operation = request.headers().getOrDefault("x-amz-target", "").split("\\.", 2);
    String service =
        target.startsWith(INVOKE) ? "lambda" : AwsWire.SERVICES.getOrDefault(operation[0], "");
    if (service.isEmpty() || !request.method().equals("POST")) {
      return null;
    }
    return new AwsCall(
        service,
        service.equals("lambda") ? "InvokeWithResponseStream" : operation[1],
        target,
        request.headers(),
        request.body());
  }

  private @Nullable Behaviour fault(String operation) {
    Queue<Behaviour> queue = faults.get(operation);
    if (queue == null) {
      return null;
    }
    synchronized (queue) {
      return queue.poll();
    }
  }

  private void serve(AwsCall call, WireConnection connection) throws IOException {
    if (call.service().equals("lambda")) {
      invoke(call, connection);
      return;
    }
    JsonObject body = call.json();
    try {
      JsonObject answer =
          switch (call.operation()) {
            case "GetItem" -> tables.get(body);
            case "SendMessage" -> send(body);
            case "GetPublicKey" -> keys.publicKey(body);
            case "Sign" -> keys.sign(body);
            case "GetSecretValue" -> secret(body.text("SecretId", ""));
            default -> throw new AwsRefusal("UnknownOperationException", "no " + call.operation());
          };
      AwsWire.answer(connection, call.service(), Json.write(answer));
    } catch (AwsRefusal e) {
      AwsWire.error(connection, 400, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private void invoke(AwsCall call, WireConnection connection) throws IOException {
    String[] target = call.target().substring(INVOKE.length()).split("\\?", 2);
    String name =
        URLDecoder.decode(target[0].replace(INVOKE_END, ""), StandardCharsets.UTF_8)
            .replaceFirst("^arn:[^:]*:lambda:[^:]*:[^:]*:function:", "");
    if (target.length > 1 && target[1].toLowerCase(Locale.ROOT).startsWith("qualifier=")) {
      name += ":" + target[1].substring("qualifier=".length());
    }
    StreamedFunction function = functions.get(name);
    if (function == null) {
      AwsWire.error(connection, 404, "ResourceNotFoundException", "Function not found: " + name);
      return;
    }
    try {
      function.answer(call.body(), new InvokeStream(connection));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private JsonObject send(JsonObject body) throws AwsRefusal {
    String queue = body.text("QueueUrl");
    String text = body.text("MessageBody");
    if (queue == null || text == null || text.isEmpty()) {
      throw new AwsRefusal("MissingRequiredParameterException", "QueueUrl, MessageBody");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > 1024 * 1024) {
      throw new AwsRefusal("InvalidParameterValue", "Message must be shorter than 1048576 bytes.");
    }
    messages.computeIfAbsent(queue, q -> new CopyOnWriteArrayList<>()).add(text);
    return JsonObject.builder()
        .put("MD5OfMessageBody", AwsWire.md5(text))
        .put("MessageId", UUID.randomUUID().toString())
        .build();
  }

  private JsonObject secret(String id) throws AwsRefusal {
    String name =
        id.startsWith("arn:") ? id.replaceFirst("^.*:secret:(.*)-[A-Za-z0-9]{6}$", "$1") : id;
    String text = secrets.get(name);
    if (text == null) {
      throw new AwsRefusal(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return JsonObject.builder()
        .put("ARN", "arn:aws:secretsmanager:" + REGION + ":123456789012:secret:" + name + "-a1b2c3")
        .put("Name", name)
        .put("SecretString", text)
        .put("VersionId", "00000000-0000-4000-8000-000000000001")
        .put("VersionStages", List.of("AWSCURRENT"))
        .build();
  }
}
