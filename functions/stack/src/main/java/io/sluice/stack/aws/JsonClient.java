package io.sluice.stack.aws;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls an emulator in the services' own JSON protocol. Thread-safe. */
public final class JsonClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI origin;

  public JsonClient(String origin) {
    this.origin = URI.create(origin);
  }

  /** A status and the bytes of an answer. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(int status, byte[] body) {}

  /** Sends a call as it is. */
  public Answer send(String target, byte[] body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(origin)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", target)
                .header("X-Amz-Date", "20261101T000000Z")
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=local/20261101/eu-central-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.body());
  }

  /**
   * Calls an operation.
   *
   * @throws IOException if the service refuses; the message is its own
   */
  public JsonObject call(String target, JsonObject body) throws IOException, InterruptedException {
    Answer answer = send(target, Json.write(body));
    String text = new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    if (answer.status() != 200) {
      throw new IOException(target + ": " + answer.status() + " " + text);
    }
    try {
      return text.isEmpty() ? JsonObject.EMPTY : (JsonObject) Json.read(text);
    } catch (JsonSyntaxException e) {
      throw new IOException(target + " answered no JSON", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
