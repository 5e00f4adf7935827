package io.sluice.config.store;

import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowBatch.Unreadable;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.row.RowSource;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Rows in a DynamoDB table with partition key {@code kind} and sort key {@code name}. Thread-safe.
 *
 * @param client reads it
 * @param table the table's name
 */
public record DynamoDbRows(DynamoDbClient client, String table) implements RowSource {

  /**
   * All rows at one time.
   *
   * @param items the rows
   * @param batch the same for a judge
   */
  public record Content(List<RowItem> items, RowBatch batch) {

    public Content {
      items = List.copyOf(items);
    }
  }

  @Override
  public RowBatch read() throws IOException {
    return content().batch();
  }

  /** Reads all rows, strongly consistently, as they are stored. */
  public Content content() throws IOException {
    List<RowItem> items = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    ScanRequest all = ScanRequest.builder().tableName(table).consistentRead(true).build();
    try {
      client.scanPaginator(all).items().forEach(item -> row(item, items, unreadable));
    } catch (SdkException e) {
      throw DynamoDb.failure(table, e);
    }
    return new Content(
        items, new RowBatch(items.stream().map(RowItem::document).toList(), unreadable));
  }

  private static void row(
      Map<String, AttributeValue> item, List<RowItem> rows, List<Unreadable> unreadable) {
    JsonObject fields = DynamoDb.json(item);
    String kind = fields.text("kind");
    String name = fields.text("name");
    if (kind == null || name == null) {
      unreadable.add(new Unreadable("item", "has no kind or no name of type S"));
    } else {
      rows.add(new RowItem(new RowDocument(new RowKey(kind, name), fields), item));
    }
  }
}
