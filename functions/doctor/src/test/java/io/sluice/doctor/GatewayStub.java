package io.sluice.doctor;

import io.sluice.testing.WireConnection;
import io.sluice.testing.WireConnection.Request;
import io.sluice.testing.WireServer;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A gateway whose every answer the test decides; as it starts it does the right thing. */
public final class GatewayStub implements AutoCloseable {

  /** Answers one request. */
  @FunctionalInterface
  public interface Answer {
    void to(Request request, WireConnection connection) throws IOException;
  }

  private final WireServer server = WireServer.start(this::play);
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private volatile @Nullable String date;

  public GatewayStub() {
    on("/monitoring/healthz", json(200, "{}"));
    on("/monitoring/ready", json(200, "{}"));
    on("", json(200, ""));
    on("/v2/code/completions", this::completion);
    on("/v2/completions", this::completion);
    on(
        "/v1/code/user_access_token",
        json(200, "{\"token\":\"user.token.of-the-gateway\",\"expires_at\":1893456000}"));
    on(
        "/v4/code/suggestions",
        (request, connection) -> {
          connection.send(head(request, 200, "text/event-stream") + "\r\n");
          connection.send("event: content_chunk\ndata: \"a\"\n\n");
          connection.send("event: stream_end\ndata: null\n\n");
        });
  }

  /** Answers that path so from now on. */
  public GatewayStub on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** Sends that header {@code Date}; empty for none. */
  public GatewayStub date(String text) {
    date = text;
    return this;
  }

  public String url() {
    return server.origin();
  }

  /** An answer of JSON that returns the request's id. */
  public Answer json(int status, String body) {
    return (request, connection) ->
        connection.send(
            head(request, status, "application/json")
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + (request.method().equals("HEAD") ? "" : body));
  }

  /** The head of an answer without its last line end. */
  public String head(Request request, int status, String type) {
    String given = date;
    String shown =
        given == null
            ? DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
            : given;
    return "HTTP/1.1 %d X\r\nContent-Type: %s\r\n%sX-Request-ID: %s\r\n"
        .formatted(
            status,
            type,
            shown.isEmpty() ? "" : "Date: " + shown + "\r\n",
            request.headers().getOrDefault("x-request-id", ""));
  }

  private void completion(Request request, WireConnection connection) throws IOException {
    boolean known = request.headers().getOrDefault("authorization", "").length() > 20;
    if (known) {
      json(200, "{\"choices\":[{\"text\":\"x\"}]}").to(request, connection);
    } else {
      json(401, "{\"error\":\"No authorization header presented\"}").to(request, connection);
    }
  }

  private void play(WireConnection connection) throws IOException {
    Request request = connection.request();
    if (request == null) {
      return; // only looked whether the port is open
    }
    String path = request.target().equals("/") ? "" : request.target();
    answers.getOrDefault(path, json(404, "{\"detail\":\"Not Found\"}")).to(request, connection);
  }

  @Override
  public void close() {
    server.close();
  }
}
