package io.sluice.aws.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.SqsQueue;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.time.Deadline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Audit records in a queue that another project wrote. */
class ElasticMqTest {

  private static final SQSRestServer SERVER =
      SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();

  private static URI endpoint = URI.create("http://127.0.0.1");
  private static String queue = "";

  @BeforeAll
  static void createTheQueue() throws Exception {
    endpoint = URI.create("http://127.0.0.1:" + SERVER.waitUntilStarted().localAddress().getPort());
    queue =
        call("CreateQueue", JsonObject.builder().put("QueueName", "audit").build())
            .text("QueueUrl", "");
  }

  @AfterAll
  static void stop() {
    SERVER.stopAndWait();
  }

  @Test
  void givenALongRecord_whenItsPartsAreSent_thenTheQueueGivesThemBackWhole() throws Exception {
    JsonObject record =
        JsonObject.builder().put("record", "closing").put("content", "ü\n".repeat(60_000)).build();
    AwsEnvironment environment =
        AwsEnvironment.of(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "any",
                "AWS_SECRET_ACCESS_KEY", "any",
                "AWS_ENDPOINT_URL_SQS", endpoint.toString()));

    try (SqsQueue audit = new SqsQueue(environment, queue)) {
      for (JsonObject part : AuditParts.of("record-1", record)) {
        // A loaded machine must not decide a test: the patience of the product is not tested here.
        audit.send(Json.asciiLine(part), Deadline.after(Duration.ofMinutes(1)));
      }
    }

    Map<Long, String> slices = new TreeMap<>();
    for (JsonObject part = received(); part != null; part = received()) {
      slices.put(part.number("part"), part.text("text", ""));
    }
    assertThat(slices).hasSizeGreaterThan(1);
    assertThat(Json.read(String.join("", slices.values())).equals(record)).isTrue();
  }

  private static @Nullable JsonObject received() throws Exception {
    JsonObject asked = JsonObject.builder().put("QueueUrl", queue).build();
    JsonArray messages = call("ReceiveMessage", asked).array("Messages");
    return messages == null || messages.size() == 0
        ? null
        : (JsonObject) Json.read(((JsonObject) messages.get(0)).text("Body", ""));
  }

  /** A call as an SDK makes it, but for the signature, which ElasticMQ doesn't look at. */
  private static JsonObject call(String operation, JsonObject input) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + operation)
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(input)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return (JsonObject) Json.read(response.body());
    }
  }
}
