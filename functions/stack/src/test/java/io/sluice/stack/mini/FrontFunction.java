package io.sluice.stack.mini;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Does what the header {@code X-Do} says. */
public final class FrontFunction implements RequestStreamHandler {

  private static final String PRELUDE =
      "{\"statusCode\":203,\"headers\":{\"Content-Type\":\"text/x\",\"Server\":\"s\",\"Upgrade\":\"u\"},"
          + "\"multiValueHeaders\":{\"X-Two\":[\"1\",\"2\"]},\"cookies\":[\"a=b\"]}";

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    String order = order(event);
    switch (order) {
      case "echo" -> {
        begin(output);
        output.write(event);
      }
      case "count" -> {
        begin(output);
        for (int i = 0; i < 3; i++) {
          output.write(("piece " + i).getBytes(StandardCharsets.UTF_8));
          output.flush();
          pause(300);
        }
      }
      case "environment" -> {
        begin(output);
        output.write(
            (System.getenv("TABLE")
                    + " "
                    + System.getenv("LAMBDA_TASK_ROOT")
                    + " "
                    + context.getInvokedFunctionArn()
                    + " "
                    + ProcessHandle.current().pid())
                .getBytes(StandardCharsets.UTF_8));
      }
      case "read" -> {
        begin(output);
        output.write((item("open/1") + "|" + item("shut/1")).getBytes(StandardCharsets.UTF_8));
      }
      case "fail" -> throw new IOException("as told");
      case "fail late" -> {
        begin(output);
        output.write("begun".getBytes(StandardCharsets.UTF_8));
        output.flush();
        throw new IOException("as told");
      }
      case "exit" -> Runtime.getRuntime().halt(7);
      case "sleep" -> pause(20_000);
      case "no prelude" -> output.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
      case "long prelude" -> {
        output.write(new byte[17 * 1024]);
        output.write(new byte[8]);
        output.flush();
      }
      default ->
          output.write(
              "{\"statusCode\":200,\"body\":\"aGk=\",\"isBase64Encoded\":true}"
                  .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String order(byte[] event) throws IOException {
    try {
      JsonObject headers = ((JsonObject) Json.read(event)).object("headers");
      return Objects.requireNonNull(headers).text("X-Do", "");
    } catch (JsonSyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void begin(OutputStream output) throws IOException {
    output.write(PRELUDE.getBytes(StandardCharsets.UTF_8));
    output.write(new byte[8]);
    output.flush();
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** With AWS's own SDK. */
  private static String item(String id) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB")))
            .build()) {
      AttributeValue value =
          client
              .getItem(
                  request ->
                      request
                          .tableName(System.getenv("TABLE"))
                          .key(Map.of("id", AttributeValue.fromS(id))))
              .item()
              .get("v");
      return value == null ? "none" : value.s();
    } catch (DynamoDbException e) {
      return e.awsErrorDetails().errorCode();
    }
  }
}
