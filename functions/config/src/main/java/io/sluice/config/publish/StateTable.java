package io.sluice.config.publish;

import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.config.snapshot.SnapshotParts;
import io.sluice.config.snapshot.UnknownFormatException;
import io.sluice.config.store.DynamoDb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Table {@code state}, partition key {@code id}: the live snapshot, its history, prompt templates
 * and GitLab's keys. Thread-safe; blocks.
 *
 * @param client reads and writes it
 * @param name the table's name
 */
public record StateTable(DynamoDbClient client, String name) {

  /** The id of the item that says which snapshot is live. */
  public static final String LIVE = "live";

  static final String SNAPSHOTS = "snapshot/";
  static final String PROMPTS = "prompt/";

  /** What must not have changed since {@code live} was read. */
  private static final List<String> WATCHED =
      List.of(
          SnapshotItem.NUMBER,
          SnapshotItem.FORMAT,
          SnapshotItem.SHA256,
          SnapshotItem.LATEST,
          SnapshotItem.PINNED);

  private static final String TEMPLATE = "template";

  /** The item {@code live}; empty before anything was published. */
  public Optional<SnapshotItem> live() throws IOException {
    return item(LIVE).map(SnapshotItem::new);
  }

  /** A snapshot of the history; empty where it is no longer, or not yet, kept. */
  public Optional<SnapshotItem> snapshot(long number) throws IOException {
    return item(snapshotId(number)).map(SnapshotItem::new);
  }

  /** The history without contents, the newest first. */
  public List<SnapshotItem> history() throws IOException {
    TreeMap<Long, SnapshotItem> history = new TreeMap<>();
    for (Map<String, AttributeValue> attributes : scan(SNAPSHOTS)) {
      if (attributes.containsKey(SnapshotItem.NUMBER)) {
        SnapshotItem item = new SnapshotItem(attributes);
        history.put(item.number(), item);
      }
    }
    return List.copyOf(history.descendingMap().values());
  }

  /**
   * The snapshot that an item holds.
   *
   * @throws UnknownFormatException if its format is newer than this code
   * @throws IOException if it isn't whole
   */
  public Snapshot load(SnapshotItem item) throws IOException {
    if (!item.readable()) {
      throw new UnknownFormatException(item.format());
    }
    byte[] inline = item.inline();
    return SnapshotCodec.decode(
        item.number(),
        item.format(),
        item.sha256(),
        inline == null ? joined(item) : inline,
        this::template);
  }

  /** The newest snapshot, live or waiting behind the pinned one. */
  public Snapshot latest(SnapshotItem live) throws IOException {
    return load(live.latest() == live.number() ? live : latestItem(live));
  }

  SnapshotItem latestItem(SnapshotItem live) throws IOException {
    long number = live.latest();
    return snapshot(number)
        .orElseThrow(() -> new IOException("snapshot " + number + " is missing in table " + name));
  }

  /** Replaces {@code live} alone. */
  boolean swap(SnapshotItem expected, SnapshotItem live) throws IOException {
    return swap(expected, live, List.of());
  }

  /**
   * Replaces {@code live} and adds to the history, all or nothing.
   *
   * @param expected what {@code live} was, {@code null} for nothing
   * @param live what it becomes
   * @param history further items, none of which may exist yet
   * @return whether it was done; {@code false} when {@code live} has changed meanwhile
   */
  boolean swap(@Nullable SnapshotItem expected, SnapshotItem live, List<SnapshotItem> history)
      throws IOException {
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(put(conditional(expected), live.named(LIVE)));
    for (SnapshotItem item : history) {
      writes.add(
          put(
              Put.builder().conditionExpression("attribute_not_exists(id)"),
              item.named(snapshotId(item.number()))));
    }
    try {
      client.transactWriteItems(request -> request.transactItems(writes));
      return true;
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().stream().anyMatch(StateTable::lostRace)) {
        return false;
      }
      throw DynamoDb.failure(name, "written", e);
    } catch (SdkException e) {
      throw DynamoDb.failure(name, "written", e);
    }
  }

  /** Writes an item, whatever was there. */
  public void put(String id, Map<String, AttributeValue> members) throws IOException {
    Map<String, AttributeValue> item = new HashMap<>(members);
    item.put(SnapshotItem.ID, AttributeValue.fromS(id));
    try {
      client.putItem(request -> request.tableName(name).item(item));
    } catch (SdkException e) {
      throw DynamoDb.failure(name, "written", e);
    }
  }

  /** Deletes an item unless a member of it has another value by now. */
  void delete(String id, String member, @Nullable AttributeValue unchanged) throws IOException {
    Map<String, AttributeValue> key = Map.of(SnapshotItem.ID, AttributeValue.fromS(id));
    try {
      client.deleteItem(
          request -> {
            request.tableName(name).key(key);
            if (unchanged != null) {
              request
                  .conditionExpression("#m = :m")
                  .expressionAttributeNames(Map.of("#m", member))
                  .expressionAttributeValues(Map.of(":m", unchanged));
            }
          });
    } catch (ConditionalCheckFailedException e) {
      // Somebody needs it again.
    } catch (SdkException e) {
      throw DynamoDb.failure(name, "written", e);
    }
  }

  /** The items whose id begins so, without contents. */
  List<Map<String, AttributeValue>> scan(String prefix) throws IOException {
    Map<String, String> names = new HashMap<>();
    for (String member :
        List.of(
            SnapshotItem.ID,
            SnapshotItem.NUMBER,
            SnapshotItem.FORMAT,
            SnapshotItem.SHA256,
            SnapshotItem.PARTS,
            SnapshotItem.PROMPTS,
            SnapshotItem.ROWS,
            SnapshotItem.PUBLISHED_AT,
            SnapshotItem.CAUSE,
            SnapshotSweep.WRITTEN_AT)) {
      names.put("#" + member, member);
    }
    ScanRequest request =
        ScanRequest.builder()
            .tableName(name)
            .consistentRead(true)
            .filterExpression("begins_with(#id, :prefix)")
            .projectionExpression(String.join(",", names.keySet()))
            .expressionAttributeNames(names)
            .expressionAttributeValues(Map.of(":prefix", AttributeValue.fromS(prefix)))
            .build();
    try {
      return client.scanPaginator(request).items().stream().toList();
    } catch (SdkException e) {
      throw DynamoDb.failure(name, e);
    }
  }

  static String snapshotId(long number) {
    return SNAPSHOTS + number;
  }

  private byte[] joined(SnapshotItem item) throws IOException {
    if (item.parts().isEmpty()) {
      throw new IOException(
          "snapshot " + item.number() + " of table " + name + " has neither content nor parts");
    }
    List<byte[]> parts = new ArrayList<>();
    for (String id : item.parts()) {
      byte[] part = item(id).map(SnapshotItem::new).map(SnapshotItem::inline).orElse(null);
      if (part == null) {
        throw new IOException(
            "a part of snapshot " + item.number() + " is missing in table " + name);
      }
      parts.add(part);
    }
    return SnapshotParts.join(parts);
  }

  private @Nullable String template(String sha256) throws IOException {
    return item(SnapshotParts.templateItemName(sha256))
        .map(item -> item.get(TEMPLATE))
        .map(AttributeValue::s)
        .orElse(null);
  }

  private Optional<Map<String, AttributeValue>> item(String id) throws IOException {
    try {
      Map<String, AttributeValue> item =
          client
              .getItem(
                  request ->
                      request
                          .tableName(name)
                          .key(Map.of(SnapshotItem.ID, AttributeValue.fromS(id)))
                          .consistentRead(true))
              .item();
      return item.isEmpty() ? Optional.empty() : Optional.of(item);
    } catch (SdkException e) {
      throw DynamoDb.failure(name, e);
    }
  }

  private TransactWriteItem put(Put.Builder condition, SnapshotItem item) {
    return TransactWriteItem.builder()
        .put(condition.tableName(name).item(item.attributes()).build())
        .build();
  }

  private static Put.Builder conditional(@Nullable SnapshotItem expected) {
    if (expected == null) {
      return Put.builder().conditionExpression("attribute_not_exists(id)");
    }
    List<String> conditions = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    for (String member : WATCHED) {
      names.put("#" + member, member);
      AttributeValue value = expected.attributes().get(member);
      if (value == null) {
        conditions.add("attribute_not_exists(#" + member + ")");
      } else {
        conditions.add("#" + member + " = :" + member);
        values.put(":" + member, value);
      }
    }
    return Put.builder()
        .conditionExpression(String.join(" AND ", conditions))
        .expressionAttributeNames(names)
        .expressionAttributeValues(values);
  }

  private static boolean lostRace(CancellationReason reason) {
    return "ConditionalCheckFailed".equals(reason.code())
        || "TransactionConflict".equals(reason.code());
  }
}
