package io.sluice.local.http;

import io.sluice.core.http.Body;
import io.sluice.core.http.HttpHandler;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server for tests: it echoes, unless it is told otherwise, and keeps what it logs. */
final class Server implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonObject> log = new CopyOnWriteArrayList<>();

  Server() throws IOException {
    this(HttpLimits.standard(), Server::echo);
  }

  Server(HttpLimits limits, HttpHandler handler) throws IOException {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            handler,
            limits,
            (level, logger, message, fields) -> log.add(fields));
  }

  /** Small limits; a time of zero is replaced by one that no test reaches. */
  static HttpLimits limits(
      Duration firstByte, Duration head, Duration body, Duration idle, Duration stall) {
    HttpLimits standard = HttpLimits.standard();
    return new HttpLimits(
        1_000,
        4_000,
        20,
        100_000,
        2_000,
        1_000_000,
        orLong(firstByte),
        orLong(head),
        orLong(body),
        orLong(idle),
        orLong(stall),
        standard.linger(),
        standard.connections());
  }

  static HttpLimits small() {
    return limits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  private static Duration orLong(Duration time) {
    return time.isZero() ? Duration.ofMinutes(5) : time;
  }

  RawClient client() throws IOException {
    return new RawClient(server.address());
  }

  HttpServer http() {
    return server;
  }

  List<JsonObject> log() {
    return log;
  }

  /** Answers with what was asked. */
  static void echo(HttpRequest request, ResponseStream response) throws IOException {
    String body =
        switch (request.body()) {
          case Body.Complete complete -> new String(complete.bytes(), StandardCharsets.UTF_8);
          case Body.TooLarge ignored -> "too large";
          case Body.TooSlow ignored -> "too slow";
        };
    int status = body.equals("too large") ? 413 : body.equals("too slow") ? 408 : 200;
    StringBuilder headers = new StringBuilder();
    request.headers().forEach((name, value) -> headers.append(name).append('=').append(value));
    response.send(
        HttpResponse.text(
            status,
            "%s %s?%s HTTP/%s [%s] %s"
                .formatted(
                    request.method(),
                    request.rawPath(),
                    request.rawQuery(),
                    request.httpVersion(),
                    headers,
                    body)));
  }

  @Override
  public void close() {
    server.stop(Duration.ZERO);
  }
}
