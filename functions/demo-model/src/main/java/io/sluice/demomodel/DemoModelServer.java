package io.sluice.demomodel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The OpenAI protocol over a language model that may still be loading: {@code /v1/models}, {@code
 * /v1/chat/completions}, {@code /v1/completions} and {@code /health}. Thread-safe.
 */
final class DemoModelServer implements AutoCloseable {

  private final HttpServer server;
  private final String modelName;
  private final AtomicReference<Completions> loaded = new AtomicReference<>();

  private DemoModelServer(HttpServer server, String modelName) {
    this.server = server;
    this.modelName = modelName;
  }

  /**
   * Starts to listen; every request for text is refused with 503 until {@link #ready}.
   *
   * @throws IOException if the address can't be used
   */
  static DemoModelServer start(InetSocketAddress address, String modelName) throws IOException {
    HttpServer http = HttpServer.create(address, 0);
    DemoModelServer server = new DemoModelServer(http, modelName);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The model is there: answer from now on. Closing the server closes the model. */
  void ready(LanguageModel model) {
    loaded.set(new Completions(model, new GenerationQueue(model), modelName));
  }

  /** Ends running answers, stops listening, closes the model. */
  @Override
  public void close() {
    Completions completions = loaded.getAndSet(null);
    if (completions != null) {
      completions.close();
    }
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        route(exchange);
      } catch (ModelRequestException e) {
        if (e.status() == 503) {
          exchange.getResponseHeaders().set("Retry-After", "1");
        }
        send(exchange, e.status(), error(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void route(HttpExchange exchange)
      throws IOException, ModelRequestException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    switch (method + " " + path) {
      case "GET /health" -> health(exchange);
      case "GET /v1/models" -> send(exchange, 200, models());
      case "POST /v1/chat/completions" -> complete(exchange, Dialect.CHAT);
      case "POST /v1/completions" -> complete(exchange, Dialect.TEXT);
      default ->
          throw new ModelRequestException(404, "not_found", "There is no " + method + " " + path);
    }
  }

  private void complete(HttpExchange exchange, Dialect dialect)
      throws IOException, ModelRequestException, InterruptedException {
    byte[] body = exchange.getRequestBody().readNBytes(Limits.BODY_BYTES + 1);
    if (body.length > Limits.BODY_BYTES) {
      throw new ModelRequestException(413, "too_large", "The body is larger than 1 MiB");
    }
    Completions completions = loaded.get();
    if (completions == null) {
      throw new ModelRequestException(503, "loading", "The model is still loading");
    }
    CompletionRequest request = CompletionRequest.read(dialect, body);
    completions.check(request);
    if (request.stream()) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      exchange.sendResponseHeaders(200, 0);
      completions.stream(request, exchange.getResponseBody());
    } else {
      send(exchange, 200, completions.whole(request));
    }
  }

  private void health(HttpExchange exchange) throws IOException {
    boolean ready = loaded.get() != null;
    JsonObject state = JsonObject.builder().put("status", ready ? "ready" : "loading").build();
    if (!ready) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    send(exchange, ready ? 200 : 503, state);
  }

  private JsonObject models() {
    JsonObject model =
        JsonObject.builder()
            .put("id", modelName)
            .put("object", "model")
            .put("created", 0)
            .put("owned_by", "sluice-demo")
            .build();
    return JsonObject.builder()
        .put("object", "list")
        .put("data", JsonArray.of(List.of(model)))
        .build();
  }

  private static JsonObject error(ModelRequestException e) {
    JsonObject error =
        JsonObject.builder()
            .put("message", e.getMessage())
            .put("type", e.status() < 500 ? "invalid_request_error" : "server_error")
            .put("code", e.code())
            .build();
    return JsonObject.builder().put("error", error).build();
  }

  private static void send(HttpExchange exchange, int status, JsonObject document)
      throws IOException {
    byte[] body = Json.write(document);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
