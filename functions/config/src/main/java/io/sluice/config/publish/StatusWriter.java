package io.sluice.config.publish;

import io.sluice.config.store.DynamoDb;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.config.store.RowCondition;
import io.sluice.config.store.RowItem;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Writes statuses back to rows: only those that changed, and only while the row is still the
 * version that was judged and carries the status that it carried then. DynamoDB has no condition on
 * an item as a whole, so the condition compares every attribute that was read.
 *
 * @param rows the table
 */
record StatusWriter(DynamoDbRows rows) {

  /** What became of a status. */
  enum Written {
    /** It stood there. */
    SAME,
    /** It stands there now. */
    DONE,
    /** The row was edited meanwhile, or carries another status. */
    OUTDATED,
    /** The table refuses it, such as for a row of nearly the largest size. */
    REFUSED
  }

  Written write(RowItem row, RowVerdict verdict, long snapshot, Instant now) throws IOException {
    if (verdict.equals(RowVerdict.carried(row))) {
      return Written.SAME;
    }
    RowCondition unchanged = RowCondition.unchanged(row, attribute -> true);
    Map<String, String> names = new HashMap<>(unchanged.names());
    Map<String, AttributeValue> values = new HashMap<>(unchanged.values());
    // A row without a status compares no attribute of one: another publisher's must not be lost.
    String condition =
        row.attributes().containsKey(RowVerdict.VERSION)
            ? unchanged.expression()
            : unchanged.expression() + " AND attribute_not_exists(#version)";
    names.put("#status", RowVerdict.STATUS);
    names.put("#version", RowVerdict.VERSION);
    names.put("#at", RowVerdict.AT);
    names.put("#snapshot", RowVerdict.SNAPSHOT);
    values.put(":status", AttributeValue.fromS(verdict.text()));
    values.put(":version", AttributeValue.fromS(verdict.version()));
    values.put(":at", AttributeValue.fromS(now.toString()));
    values.put(":snapshot", AttributeValue.fromN(Long.toString(snapshot)));
    try {
      rows.client()
          .updateItem(
              request ->
                  request
                      .tableName(rows.table())
                      .key(
                          Map.of(
                              "kind", row.attributes().get("kind"),
                              "name", row.attributes().get("name")))
                      .updateExpression(
                          "SET #status = :status, #version = :version, #at = :at, #snapshot ="
                              + " :snapshot")
                      .conditionExpression(condition)
                      .expressionAttributeNames(names)
                      .expressionAttributeValues(values));
      return Written.DONE;
    } catch (ConditionalCheckFailedException e) {
      return Written.OUTDATED;
    } catch (DynamoDbException e) {
      if (e.awsErrorDetails() != null
          && "ValidationException".equals(e.awsErrorDetails().errorCode())) {
        return Written.REFUSED;
      }
      throw DynamoDb.failure(rows.table(), "written", e);
    } catch (SdkException e) {
      throw DynamoDb.failure(rows.table(), "written", e);
    }
  }
}
