package io.sluice.doctor.stack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The rows of the table {@code routes}, read when they are asked for. Thread-safe. */
final class Rows {

  private final DynamoDbClient client;
  private final String table;

  Rows(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Of every row what the doctor judges. */
  List<Map<String, AttributeValue>> all() {
    return client
        .scanPaginator(
            request ->
                request
                    .tableName(table)
                    .projectionExpression("kind, #n, #s, family, #secret")
                    .expressionAttributeNames(
                        Map.of("#n", "name", "#s", "status", "#secret", "secret")))
        .items()
        .stream()
        .toList();
  }

  /** The names of the model rows that answer text. */
  List<String> models() {
    return all().stream()
        .filter(
            row -> text(row, "kind").equals("model") && !text(row, "family").equals("embedding"))
        .map(row -> text(row, "name"))
        .toList();
  }

  /**
   * The names of the secrets that the stack and its rows give; without rows where none may be read.
   */
  Set<String> secrets(DeployedStack stack) {
    Set<String> names = new TreeSet<>();
    names.add(stack.parameter("ModelSecret"));
    try {
      all().forEach(row -> names.add(text(row, "secret")));
    } catch (SdkException e) {
      // The check of the rows says so.
    }
    names.remove("");
    return names;
  }

  /** A text attribute; empty where the item has none of that name. */
  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }
}
