package io.sluice.config.snapshot;

import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of snapshots: gzip of the canonical JSON of the rows; templates of prompts travel
 * apart, by digest. Pure functions.
 */
public final class SnapshotCodec {

  /** The largest JSON that is read, in bytes: a bound for what gzip may swell to. */
  static final int MAX_JSON_BYTES = 64 * 1024 * 1024;

  private SnapshotCodec() {}

  /** The rows of a snapshot, to be stored beside its number, format and digest. */
  public static byte[] encode(Snapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Json.write(CanonicalRows.json(snapshot.documents().values())));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array has no I/O
    }
    return bytes.toByteArray();
  }

  /** The prompt templates of a snapshot, by digest. */
  public static Map<String, String> templates(Snapshot snapshot) {
    Map<String, String> templates = new HashMap<>();
    snapshot
        .rows()
        .prompts()
        .values()
        .forEach(
            prompt -> templates.put(CanonicalRows.sha256(prompt.template()), prompt.template()));
    return Map.copyOf(templates);
  }

  /** Finds a prompt's template. */
  @FunctionalInterface
  public interface Templates {

    /**
     * The template of that digest, {@code null} where there is none.
     *
     * @throws IOException if it can't be read
     */
    @Nullable String find(String sha256) throws IOException;
  }

  /**
   * The snapshot of its stored parts.
   *
   * @param format the format's version
   * @param sha256 the digest that the rows must have
   * @param gzip what {@link #encode} made
   * @throws UnknownFormatException if the format is newer than this code
   * @throws IOException if the content isn't whole
   */
  public static Snapshot decode(
      long number, long format, String sha256, byte[] gzip, Templates templates)
      throws IOException {
    if (format > Snapshot.FORMAT) {
      throw new UnknownFormatException(format);
    }
    List<RowDocument> documents = new ArrayList<>();
    for (JsonValue row : rows(gunzip(gzip))) {
      if (!(row instanceof JsonObject fields)) {
        throw new IOException("snapshot " + number + " has a row that is no object");
      }
      RowKey key = new RowKey(fields.text("kind", ""), fields.text("name", ""));
      documents.add(withTemplate(new RowDocument(key, fields), templates));
    }
    try {
      Snapshot snapshot = Snapshot.of(number, documents);
      if (snapshot.sha256().equals(sha256)) {
        return snapshot;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("snapshot " + number + " has a row that is malformed", e);
    }
    throw new IOException("snapshot " + number + " does not have the digest that was published");
  }

  private static RowDocument withTemplate(RowDocument document, Templates templates)
      throws IOException {
    String digest = document.fields().text(CanonicalRows.TEMPLATE_SHA256);
    if (digest == null) {
      return document;
    }
    String template = templates.find(digest);
    if (template == null) {
      throw new IOException("the template of " + document.key() + " is missing");
    }
    Map<String, JsonValue> fields = new HashMap<>(document.fields().members());
    fields.remove(CanonicalRows.TEMPLATE_SHA256);
    fields.put(CanonicalRows.TEMPLATE, JsonValue.of(template));
    return new RowDocument(document.key(), new JsonObject(fields));
  }

  private static JsonArray rows(byte[] json) throws IOException {
    try {
      if (Json.read(json) instanceof JsonArray rows) {
        return rows;
      }
    } catch (JsonSyntaxException e) {
      throw new IOException("a snapshot's content is malformed", e);
    }
    throw new IOException("a snapshot's content is no list of rows");
  }

  private static byte[] gunzip(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      byte[] bytes = in.readNBytes(MAX_JSON_BYTES + 1);
      if (bytes.length > MAX_JSON_BYTES) {
        throw new IOException("a snapshot's content is too large");
      }
      return bytes;
    }
  }
}
