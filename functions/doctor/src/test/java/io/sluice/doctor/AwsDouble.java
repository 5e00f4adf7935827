package io.sluice.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.doctor.stack.AwsClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Every AWS service at one address: an operation, and what its request must contain, to an answer.
 * As it starts it is a healthy stack named {@code duo}.
 */
final class AwsDouble implements AutoCloseable {

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Simulator simulator = new Simulator();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  AwsDouble(String url, String gitLab) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
    HealthyStack.answer(this, url, gitLab);
  }

  /**
   * Answers an operation so from now on.
   *
   * @param operation such as {@code DescribeTable} or {@code GET /restapis/x}, and after a blank
   *     what the request must contain; of several the longest counts
   */
  AwsDouble on(String operation, int status, String body) {
    answers.put(operation, new Answer(status, body));
    return this;
  }

  AwsDouble on(String operation, String body) {
    return on(operation, 200, body);
  }

  /**
   * Decides simulations so from now on.
   *
   * @param part what the request must contain, such as {@code sqs%3ASendMessage}; of several the
   *     last counts
   * @param more further elements of the answer
   */
  AwsDouble simulates(String part, String decision, String more) {
    simulator.decides(part, decision, more);
    return this;
  }

  /** Clients of this double. */
  AwsClients clients(@Nullable String region) {
    return new AwsClients(
        region == null ? "eu-central-1" : region,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "key")));
  }

  /** The operations that were asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String operation = operation(exchange, body);
      asked.add(operation);
      String all = operation + " " + exchange.getRequestURI() + " " + body;
      Answer answer =
          answers.entrySet().stream()
              .filter(entry -> matches(entry.getKey(), operation, all))
              .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
              .map(Map.Entry::getValue)
              .orElseGet(
                  () ->
                      operation.equals("SimulatePrincipalPolicy")
                          ? new Answer(200, simulator.answer(body))
                          : new Answer(
                              400, "{\"__type\":\"NotPlayed\",\"message\":\"" + operation + "\"}"));
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      boolean xml = answer.body().startsWith("<");
      exchange
          .getResponseHeaders()
          .set("Content-Type", xml ? "text/xml" : "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static boolean matches(String key, String operation, String all) {
    return key.startsWith("GET ")
        ? all.startsWith(key)
        : operation.equals(key.split(" ", 2)[0])
            && (!key.contains(" ") || all.contains(key.split(" ", 2)[1]));
  }

  private static String operation(HttpExchange exchange, String body) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null) {
      return target.substring(target.indexOf('.') + 1);
    }
    if (body.startsWith("Action=")) {
      return body.substring(7, body.indexOf('&'));
    }
    return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
