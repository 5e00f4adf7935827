package io.sluice.config.store;

import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * An administrator's edits of a table of rows, each of one row. Thread-safe.
 *
 * @param rows the table
 */
public record RowEdits(DynamoDbRows rows) {

  /**
   * Writes a row as a whole; the publisher's attributes of the former one are gone with it.
   *
   * @param former the row as it was read, {@code null} for none
   * @return whether it was written; {@code false} when somebody else changed the row meanwhile
   */
  public boolean put(RowDocument row, @Nullable RowItem former) throws IOException {
    RowCondition condition = RowCondition.unchanged(former, RowEdits::written);
    Map<String, AttributeValue> item = DynamoDbItems.item(row.fields());
    try {
      rows.client()
          .putItem(
              request ->
                  request
                      .tableName(rows.table())
                      .item(item)
                      .conditionExpression(condition.expression())
                      .expressionAttributeNames(condition.names())
                      .expressionAttributeValues(orNull(condition.values())));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (SdkException e) {
      throw DynamoDb.failure(rows.table(), "written", e);
    }
  }

  /**
   * Deletes a row.
   *
   * @param former the row as it was read
   * @return whether it was deleted; {@code false} when somebody else changed the row meanwhile
   */
  public boolean delete(RowItem former) throws IOException {
    RowCondition condition = RowCondition.unchanged(former, RowEdits::written);
    try {
      rows.client()
          .deleteItem(
              request ->
                  request
                      .tableName(rows.table())
                      .key(key(former.document().key()))
                      .conditionExpression(condition.expression())
                      .expressionAttributeNames(condition.names())
                      .expressionAttributeValues(orNull(condition.values())));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (SdkException e) {
      throw DynamoDb.failure(rows.table(), "written", e);
    }
  }

  /**
   * Sets one switch of a row, whatever else is in it; makes the row where there is none.
   *
   * @param row which row
   * @param enabled the value of its field {@code enabled}
   */
  public void enable(RowKey row, boolean enabled) throws IOException {
    try {
      rows.client()
          .updateItem(
              request ->
                  request
                      .tableName(rows.table())
                      .key(key(row))
                      .updateExpression("SET #enabled = :enabled")
                      .expressionAttributeNames(Map.of("#enabled", "enabled"))
                      .expressionAttributeValues(
                          Map.of(":enabled", AttributeValue.fromBool(enabled))));
    } catch (SdkException e) {
      throw DynamoDb.failure(rows.table(), "written", e);
    }
  }

  private static boolean written(String attribute) {
    return !RowDocument.WRITTEN_BY_PUBLISHER.contains(attribute);
  }

  private static Map<String, AttributeValue> key(RowKey key) {
    return DynamoDbItems.item(
        JsonObject.builder().put("kind", key.kind()).put("name", key.name()).build());
  }

  /** DynamoDB takes no empty map of values. */
  private static @Nullable Map<String, AttributeValue> orNull(Map<String, AttributeValue> values) {
    return values.isEmpty() ? null : new HashMap<>(values);
  }
}
