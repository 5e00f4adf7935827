package io.sluice.aws;

import io.sluice.core.json.JsonObject;
import io.sluice.core.time.Deadline;
import java.util.Optional;

/**
 * A DynamoDB table with partition key {@code id} of type S and no sort key. Thread-safe; blocks.
 */
public final class DynamoDbTable implements AutoCloseable {

  private final JsonCalls calls;
  private final String name;
  private final AwsOperation getItem;

  /**
   * The table of that name; nothing is called yet.
   *
   * @throws IllegalArgumentException if the endpoint that the environment names is no usable URL
   */
  public DynamoDbTable(AwsEnvironment environment, String name) {
    this.calls = new JsonCalls(environment, AwsApi.DYNAMODB, "1.0", "DynamoDB_20120810");
    this.name = name;
    this.getItem = new AwsOperation(AwsApi.DYNAMODB, "dynamodb:GetItem", "table " + name);
  }

  /** The table's name. */
  public String name() {
    return name;
  }

  /**
   * Reads an item, strongly consistently.
   *
   * @param deadline until when; throttling and failures that pass are tried again until then
   * @throws AwsException if it can't be read
   */
  public Optional<DynamoDbItem> item(String id, Deadline deadline) throws AwsException {
    JsonObject key = of("id", of("S", id));
    JsonObject input =
        JsonObject.builder()
            .put("TableName", name)
            .put("Key", key)
            .put("ConsistentRead", true)
            .build();
    JsonObject item = calls.call(getItem, "GetItem", input, deadline).object("Item");
    return item == null ? Optional.empty() : Optional.of(new DynamoDbItem(item));
  }

  private static JsonObject of(String name, Object value) {
    return JsonObject.builder().put(name, value).build();
  }

  @Override
  public void close() {
    calls.close();
  }
}
