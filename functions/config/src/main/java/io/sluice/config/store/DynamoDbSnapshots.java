package io.sluice.config.store;

import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.config.snapshot.SnapshotParts;
import io.sluice.config.snapshot.SnapshotSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Published snapshots in a DynamoDB table with partition key {@code id}. Item {@code live} has
 * {@code number}, {@code format}, {@code sha256}, and either {@code content} (B) or {@code parts}
 * (a list of the ids of items with {@code content}); item {@code prompt/SHA256} has a {@code
 * template}. Thread-safe.
 */
public final class DynamoDbSnapshots implements SnapshotSource {

  /** The id of the item that says which snapshot is live. */
  public static final String LIVE = "live";

  private final DynamoDbClient client;
  private final String table;
  private final AtomicReference<Snapshot> last = new AtomicReference<>(Snapshot.EMPTY);

  /**
   * Reads nothing yet.
   *
   * @param table the table's name
   */
  public DynamoDbSnapshots(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** The live snapshot; {@link Snapshot#EMPTY} before the first one is published. */
  @Override
  public Snapshot read() throws IOException {
    Map<String, AttributeValue> live = item(LIVE);
    if (live.isEmpty()) {
      return Snapshot.EMPTY;
    }
    long number = number(live, "number");
    String sha256 = text(live, "sha256");
    Snapshot known = last.get();
    if (known != null && known.number() == number && known.sha256().equals(sha256)) {
      return known;
    }
    Snapshot read =
        SnapshotCodec.decode(number, number(live, "format"), sha256, content(live), this::template);
    last.set(read);
    return read;
  }

  private byte[] content(Map<String, AttributeValue> live) throws IOException {
    AttributeValue inline = live.get("content");
    if (inline != null && inline.b() != null) {
      return inline.b().asByteArray();
    }
    AttributeValue names = live.get("parts");
    if (names == null || !names.hasL()) {
      throw new IOException("item live of table " + table + " has neither content nor parts");
    }
    List<byte[]> parts = new ArrayList<>();
    for (AttributeValue name : names.l()) {
      AttributeValue part = item(String.valueOf(name.s())).get("content");
      if (part == null || part.b() == null) {
        throw new IOException("a part of the live snapshot is missing in table " + table);
      }
      parts.add(part.b().asByteArray());
    }
    return SnapshotParts.join(parts);
  }

  private @Nullable String template(String sha256) throws IOException {
    AttributeValue template = item(SnapshotParts.templateItemName(sha256)).get("template");
    return template == null ? null : template.s();
  }

  private Map<String, AttributeValue> item(String id) throws IOException {
    try {
      return client
          .getItem(
              request ->
                  request
                      .tableName(table)
                      .key(Map.of("id", AttributeValue.fromS(id)))
                      .consistentRead(true))
          .item();
    } catch (SdkException e) {
      throw DynamoDb.failure(table, e);
    }
  }

  private long number(Map<String, AttributeValue> item, String name) throws IOException {
    AttributeValue value = item.get(name);
    try {
      return Long.parseLong(value == null ? "" : String.valueOf(value.n()));
    } catch (NumberFormatException e) {
      throw new IOException("item live of table " + table + " has no number " + name, e);
    }
  }

  private String text(Map<String, AttributeValue> item, String name) throws IOException {
    AttributeValue value = item.get(name);
    if (value == null || value.s() == null) {
      throw new IOException("item live of table " + table + " has no text " + name);
    }
    return value.s();
  }
}
