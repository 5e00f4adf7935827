package io.sluice.bench;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that can be called a model server: answers at once, or streams so many chunks with so
 * much time between them; a request for embeddings gets a vector for each text. Its own cost is the
 * baseline that added latency is counted from.
 */
public final class BareModel implements AutoCloseable {

  private static final byte[] WHOLE =
      response(
          "application/json",
          """
          {"id":"c","object":"chat.completion","created":1,"model":"bench","choices":[{"index":0,\
          "message":{"role":"assistant","content":"return a + b"},"finish_reason":"stop"}],\
          "usage":{"prompt_tokens":500,"completion_tokens":6,"total_tokens":506}}\
          """);
  private static final byte[] STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STREAM_END =
      concat(
          chunk(event("{}", "\"stop\"")),
          chunk("data: [DONE]\n\n"),
          "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

  /** What only a request for embeddings holds: in other texts the quotes are escaped. */
  private static final String EMBEDDING = "\"input\":[";

  private final ServerSocket server;
  private final int chunks;
  private final Duration gap;

  /** Starts a server on a free loopback port. */
  public BareModel(int chunks, Duration gap) throws IOException {
    this.server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    this.chunks = chunks;
    this.gap = gap;
    Thread.ofVirtual().start(this::accept);
  }

  /** The base URL, as GitLab would name it. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /** The port. */
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      while (true) {
        int length = bodyLength(in);
        if (length < 0) {
          return;
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (body.contains("\"stream\":true")) {
          stream(out);
        } else if (body.contains(EMBEDDING)) {
          out.write(response("application/json", vectors(body)));
        } else {
          out.write(WHOLE);
        }
      }
    } catch (IOException | InterruptedException e) {
      return; // the peer left, or the benchmark is over
    }
  }

  /** A vector for each text. */
  private static String vectors(String body) throws IOException {
    JsonArray texts;
    try {
      texts = ((JsonObject) Json.read(body)).array("input");
    } catch (JsonSyntaxException e) {
      throw new IOException("the gateway sent something else than JSON", e);
    }
    List<JsonObject> vectors = new ArrayList<>();
    for (int i = 0; texts != null && i < texts.size(); i++) {
      vectors.add(
          JsonObject.builder().put("index", i).put("embedding", List.of(0.5, 0.25)).build());
    }
    return Json.text(JsonObject.builder().put("data", vectors).build());
  }

  private void stream(OutputStream out) throws IOException, InterruptedException {
    out.write(STREAM_HEAD);
    for (int i = 0; i < chunks; i++) {
      if (i > 0 && gap.isPositive()) {
        Thread.sleep(gap);
      }
      out.write(chunk(event("{\"content\":\"word" + i + "\\n\"}", "null")));
    }
    out.write(STREAM_END);
  }

  private static int bodyLength(InputStream in) throws IOException {
    int length = 0;
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        return -1;
      }
      if (b != '\n') {
        line.append((char) b);
        continue;
      }
      String header = line.toString().trim();
      if (header.isEmpty()) {
        return length;
      }
      if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).trim());
      }
      line.setLength(0);
    }
  }

  private static String event(String delta, String finish) {
    return "data:"
        + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"bench\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  private static byte[] chunk(String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return concat(
        (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII),
        bytes,
        "\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] response(String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    return concat(head.getBytes(StandardCharsets.US_ASCII), bytes);
  }

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
