package io.sluice.config.publish;

import io.sluice.config.store.DynamoDb;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.config.store.RowItem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** DynamoDB allows 300 operators; rows of more attributes are wrong, and compared in part. */
  private static final int MOST_CONDITIONS = 100;

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
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    String condition = condition(row, names, values);
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

  private static String condition(
      RowItem row, Map<String, String> names, Map<String, AttributeValue> values) {
    List<String> conditions = new ArrayList<>();
    conditions.add("attribute_exists(#kind)"); // a deleted row must not rise as a bare status
    names.put("#kind", "kind");
    if (!row.attributes().containsKey(RowVerdict.VERSION)) {
      conditions.add("attribute_not_exists(#version)");
    }
    int count = 0;
    for (Map.Entry<String, AttributeValue> attribute : new TreeMap<>(row.attributes()).entrySet()) {
      if (count < MOST_CONDITIONS) {
        names.put("#a" + count, attribute.getKey());
        values.put(":a" + count, attribute.getValue());
        conditions.add("#a" + count + " = :a" + count);
        count++;
      }
    }
    return String.join(" AND ", conditions);
  }
}
