package io.sluice.config.publish;

import io.sluice.config.snapshot.Snapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of table {@code state} that holds a snapshot: {@code live}, or {@code snapshot/N} of the
 * history. Immutable.
 *
 * <p>Members of both: {@code number}, {@code format}, {@code sha256}, {@code content} (B) or {@code
 * parts} (ids of items with {@code content}), {@code prompts} (digests of the templates that it
 * needs), {@code rows} (how many), {@code published_at}, {@code cause}. Only {@code live} has
 * {@code latest}, the number of the newest snapshot, which is not live itself while {@code pinned}
 * is true.
 *
 * @param attributes the item
 */
public record SnapshotItem(Map<String, AttributeValue> attributes) {

  static final String ID = "id";
  static final String NUMBER = "number";
  static final String FORMAT = "format";
  static final String SHA256 = "sha256";
  static final String CONTENT = "content";
  static final String PARTS = "parts";
  static final String PROMPTS = "prompts";
  static final String ROWS = "rows";
  static final String PUBLISHED_AT = "published_at";
  static final String CAUSE = "cause";
  static final String LATEST = "latest";
  static final String PINNED = "pinned";

  public SnapshotItem {
    attributes = Map.copyOf(attributes);
  }

  /** The snapshot's number. */
  public long number() throws IOException {
    return number(NUMBER);
  }

  /** The version of its wire form. */
  public long format() throws IOException {
    return number(FORMAT);
  }

  /** Whether this code reads, and may replace, that form. */
  public boolean readable() throws IOException {
    return format() <= Snapshot.FORMAT;
  }

  /** The digest of its rows. */
  public String sha256() throws IOException {
    return text(SHA256);
  }

  /** The number of the newest snapshot, of item {@code live}. */
  public long latest() throws IOException {
    return attributes.containsKey(LATEST) ? number(LATEST) : number();
  }

  /** Whether later edits move nothing, of item {@code live}. */
  public boolean pinned() {
    AttributeValue value = attributes.get(PINNED);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  /** How many rows it has; -1 where that wasn't written. */
  public long rows() throws IOException {
    return attributes.containsKey(ROWS) ? number(ROWS) : -1;
  }

  /** When it was published, as ISO text; empty where that wasn't written. */
  public String publishedAt() {
    return textOr(PUBLISHED_AT, "");
  }

  /** Why it was published, in words; empty where that wasn't written. */
  public String cause() {
    return textOr(CAUSE, "");
  }

  /** The ids of the items that its content is in; empty where it is inline. */
  List<String> parts() {
    return texts(PARTS);
  }

  /** The digests of the prompt templates that it needs. */
  List<String> prompts() {
    return texts(PROMPTS);
  }

  /** The same with other values of some members; a {@code null} value takes the member away. */
  private SnapshotItem with(Map<String, @Nullable AttributeValue> changes) {
    Map<String, AttributeValue> changed = new HashMap<>(attributes);
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            changed.remove(name);
          } else {
            changed.put(name, value);
          }
        });
    return new SnapshotItem(changed);
  }

  /** The item {@code live} with this snapshot. */
  SnapshotItem live(long latest, boolean pinned) {
    Map<String, @Nullable AttributeValue> changes = new HashMap<>();
    changes.put(LATEST, AttributeValue.fromN(Long.toString(latest)));
    changes.put(PINNED, pinned ? AttributeValue.fromBool(true) : null);
    return with(changes).named(StateTable.LIVE);
  }

  /** The same as another item. */
  SnapshotItem named(String id) {
    return with(Map.of(ID, AttributeValue.fromS(id)));
  }

  byte @Nullable [] inline() {
    AttributeValue content = attributes.get(CONTENT);
    return content == null || content.b() == null ? null : content.b().asByteArray();
  }

  private String id() {
    return textOr(ID, "?");
  }

  private long number(String member) throws IOException {
    AttributeValue value = attributes.get(member);
    try {
      return Long.parseLong(value == null ? "" : String.valueOf(value.n()));
    } catch (NumberFormatException e) {
      throw new IOException("item " + id() + " of the state table has no number " + member, e);
    }
  }

  private String text(String member) throws IOException {
    AttributeValue value = attributes.get(member);
    if (value == null || value.s() == null) {
      throw new IOException("item " + id() + " of the state table has no text " + member);
    }
    return value.s();
  }

  private String textOr(String member, String otherwise) {
    AttributeValue value = attributes.get(member);
    return value == null || value.s() == null ? otherwise : value.s();
  }

  private List<String> texts(String member) {
    AttributeValue value = attributes.get(member);
    return value == null || !value.hasL()
        ? List.of()
        : value.l().stream().map(item -> String.valueOf(item.s())).toList();
  }
}
