package io.sluice.config.store;

import io.sluice.aws.DynamoDbItem;
import io.sluice.aws.DynamoDbTable;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.config.snapshot.SnapshotHistory;
import io.sluice.config.snapshot.SnapshotParts;
import io.sluice.config.snapshot.SnapshotSource;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Published snapshots in the table {@code state}, as the request path reads them. Item {@code live}
 * has {@code number}, {@code format}, {@code sha256}, and either {@code content} (B) or {@code
 * parts} (a list of the ids of items with {@code content}); items {@code snapshot/NUMBER} have the
 * same for the last snapshots; item {@code prompt/SHA256} has a {@code template}. Thread-safe.
 */
public final class StateSnapshots implements SnapshotSource, SnapshotHistory {

  /** The id of the item that says which snapshot is live. */
  public static final String LIVE = "live";

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DynamoDbTable table;
  private final Duration patience;
  private final AtomicReference<Snapshot> last = new AtomicReference<>(Snapshot.EMPTY);

  /** Reads nothing yet; later, each item with the patience of a request. */
  public StateSnapshots(DynamoDbTable table) {
    this(table, PATIENCE);
  }

  /** The same with another patience for reading an item. */
  public StateSnapshots(DynamoDbTable table, Duration patience) {
    this.table = table;
    this.patience = patience;
  }

  /** The live snapshot; {@link Snapshot#EMPTY} before the first one is published. */
  @Override
  public Snapshot read() throws IOException {
    Optional<DynamoDbItem> live = item(LIVE);
    if (live.isEmpty()) {
      return Snapshot.EMPTY;
    }
    Snapshot known = last.get();
    if (known != null
        && known.number() == number(live.get(), LIVE, "number")
        && known.sha256().equals(text(live.get(), LIVE, "sha256"))) {
      return known;
    }
    Snapshot read = decode(live.get(), LIVE);
    last.set(read);
    return read;
  }

  @Override
  public Optional<Snapshot> read(long number) throws IOException {
    if (number == Snapshot.EMPTY.number()) {
      return Optional.of(Snapshot.EMPTY);
    }
    String id = "snapshot/" + number;
    Optional<DynamoDbItem> item = item(id);
    return item.isPresent() ? Optional.of(decode(item.get(), id)) : Optional.empty();
  }

  private Snapshot decode(DynamoDbItem item, String id) throws IOException {
    return SnapshotCodec.decode(
        number(item, id, "number"),
        number(item, id, "format"),
        text(item, id, "sha256"),
        content(item, id),
        this::template);
  }

  private byte[] content(DynamoDbItem item, String id) throws IOException {
    byte[] inline = item.bytes("content");
    if (inline != null) {
      return inline;
    }
    List<String> names = item.texts("parts");
    if (names == null) {
      throw broken(id, "neither content nor parts");
    }
    List<byte[]> parts = new ArrayList<>();
    for (String name : names) {
      byte[] part = item(name).map(found -> found.bytes("content")).orElse(null);
      if (part == null) {
        throw new IOException("item " + name + ", a part of a snapshot, is missing " + inTable());
      }
      parts.add(part);
    }
    return SnapshotParts.join(parts);
  }

  private @Nullable String template(String sha256) throws IOException {
    return item(SnapshotParts.templateItemName(sha256))
        .map(item -> item.text("template"))
        .orElse(null);
  }

  private Optional<DynamoDbItem> item(String id) throws IOException {
    return table.item(id, Deadline.after(patience));
  }

  private long number(DynamoDbItem item, String id, String name) throws IOException {
    Long value = item.number(name);
    if (value == null) {
      throw broken(id, "no number " + name);
    }
    return value;
  }

  private String text(DynamoDbItem item, String id, String name) throws IOException {
    String value = item.text(name);
    if (value == null) {
      throw broken(id, "no text " + name);
    }
    return value;
  }

  private IOException broken(String id, String what) {
    return new IOException("item " + id + " " + inTable() + " has " + what);
  }

  private String inTable() {
    return "in table " + table.name();
  }
}
