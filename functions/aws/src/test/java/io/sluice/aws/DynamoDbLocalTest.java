package io.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import io.sluice.core.json.JsonObject;
import io.sluice.core.time.Deadline;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our reading against AWS's own DynamoDB, in its local form. */
class DynamoDbLocalTest {

  private static @Nullable DynamoDBProxyServer server;
  private static @Nullable AwsEnvironment environment;

  @BeforeAll
  static void start() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-port", String.valueOf(port)});
    server.start();
    environment =
        AwsEnvironment.of(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + port));
  }

  @AfterAll
  static void stop() throws Exception {
    Objects.requireNonNull(server).stop();
  }

  private static void call(String target, Map<String, ?> input) throws AwsException {
    try (JsonCalls calls =
        new JsonCalls(
            Objects.requireNonNull(environment), AwsApi.DYNAMODB, "1.0", "DynamoDB_20120810")) {
      AwsOperation operation = new AwsOperation(AwsApi.DYNAMODB, "dynamodb:" + target, "test");
      calls.call(operation, target, JsonObject.of(input), patient());
    }
  }

  /** A loaded machine must not decide a test. */
  private static Deadline patient() {
    return Deadline.after(Duration.ofMinutes(1));
  }

  @Test
  void givenItemsOfEverySize_whenRead_thenTheyAreAsTheyWerePut() throws Exception {
    call(
        "CreateTable",
        Map.of(
            "TableName",
            "state",
            "AttributeDefinitions",
            List.of(Map.of("AttributeName", "id", "AttributeType", "S")),
            "KeySchema",
            List.of(Map.of("AttributeName", "id", "KeyType", "HASH")),
            "BillingMode",
            "PAY_PER_REQUEST"));
    byte[] content = new byte[300_000];
    new java.util.Random(1).nextBytes(content);
    call(
        "PutItem",
        Map.of(
            "TableName",
            "state",
            "Item",
            Map.of(
                "id", Map.of("S", "live"),
                "number", Map.of("N", "12"),
                "sha256", Map.of("S", "ä€\uD83D\uDE00"),
                "pinned", Map.of("BOOL", true),
                "parts", Map.of("L", List.of(Map.of("S", "snapshot/12/0"))),
                "content", Map.of("B", Base64.getEncoder().encodeToString(content)))));
    try (DynamoDbTable table = new DynamoDbTable(Objects.requireNonNull(environment), "state")) {
      DynamoDbItem item = table.item("live", patient()).orElseThrow();
      assertThat(item.number("number")).isEqualTo(12);
      assertThat(item.text("sha256")).isEqualTo("ä€\uD83D\uDE00");
      assertThat(item.flag("pinned")).isTrue();
      assertThat(item.texts("parts")).containsExactly("snapshot/12/0");
      assertThat(item.bytes("content")).isEqualTo(content);
      assertThat(table.item("keys/https://gitlab.example", patient())).isEmpty();
    }
  }

  @Test
  void givenNoSuchTable_whenRead_thenItsCodeIsNamed() {
    try (DynamoDbTable table = new DynamoDbTable(Objects.requireNonNull(environment), "nothing")) {
      assertThat(
              StubbedTest.failure(AwsException.Kind.REJECTED, () -> table.item("live", patient())))
          .hasMessageContaining("ResourceNotFoundException");
    }
  }
}
