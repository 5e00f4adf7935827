package io.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.Deadline;
import io.sluice.testing.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Our reading against AWS's own DynamoDB, in its local form; AWS's own client writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbLocalTest {

  private final LocalDynamoDb server = LocalDynamoDb.start();
  private final AwsEnvironment environment = AwsEnvironment.of(server.environment());

  @BeforeAll
  void makeTable() {
    server.state("state");
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  /** A loaded machine must not decide a test. */
  private static Deadline patient() {
    return Deadline.after(Duration.ofMinutes(1));
  }

  @Test
  void givenItemsOfEverySize_whenRead_thenTheyAreAsTheyWerePut() throws Exception {
    byte[] content = new byte[300_000];
    new java.util.Random(1).nextBytes(content);
    Map<String, AttributeValue> put =
        Map.of(
            "id", AttributeValue.fromS("live"),
            "number", AttributeValue.fromN("12"),
            "sha256", AttributeValue.fromS("ä€\uD83D\uDE00"),
            "pinned", AttributeValue.fromBool(true),
            "parts", AttributeValue.fromL(List.of(AttributeValue.fromS("snapshot/12/0"))),
            "content", AttributeValue.fromB(SdkBytes.fromByteArray(content)));
    server.client().putItem(request -> request.tableName("state").item(put));
    try (DynamoDbTable table = new DynamoDbTable(environment, "state")) {
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
    try (DynamoDbTable table = new DynamoDbTable(environment, "nothing")) {
      assertThat(
              StubbedTest.failure(AwsException.Kind.REJECTED, () -> table.item("live", patient())))
          .hasMessageContaining("ResourceNotFoundException");
    }
  }
}
