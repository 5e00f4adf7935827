package io.sluice.config.row;

import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A row as it was written.
 *
 * @param key which row
 * @param fields every field, {@code kind} and {@code name} too, but none of the publisher's
 */
public record RowDocument(RowKey key, JsonObject fields) {

  /** Attributes that only the publisher writes. */
  public static final Set<String> WRITTEN_BY_PUBLISHER =
      Set.of("status", "status_at", "status_sha256", "snapshot");

  private static final Set<String> REMARKS = Set.of("note", "updated_by");

  public RowDocument {
    fields = without(fields, WRITTEN_BY_PUBLISHER);
  }

  /** The row without what has no effect on requests. */
  public RowDocument effective() {
    return new RowDocument(key, without(fields, REMARKS));
  }

  /** The row with another value of a field. */
  public RowDocument with(String field, JsonValue value) {
    return new RowDocument(key, JsonObject.builder().putAll(fields).put(field, value).build());
  }

  private static JsonObject without(JsonObject fields, Set<String> names) {
    if (names.stream().noneMatch(fields::has)) {
      return fields;
    }
    Map<String, JsonValue> kept = new LinkedHashMap<>(fields.members());
    kept.keySet().removeAll(names);
    return new JsonObject(kept);
  }
}
