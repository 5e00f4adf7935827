package io.sluice.core.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A JSON array. */
public record JsonArray(List<JsonValue> items) implements JsonValue, Iterable<JsonValue> {

  public static final JsonArray EMPTY = new JsonArray(List.of());

  public JsonArray {
    items = List.copyOf(items);
  }

  /** The array of these Java values, each converted by {@link JsonValue#of(Object)}. */
  public static JsonArray of(Iterable<?> values) {
    List<JsonValue> items = new ArrayList<>();
    values.forEach(value -> items.add(JsonValue.of(value)));
    return new JsonArray(items);
  }

  public int size() {
    return items.size();
  }

  public JsonValue get(int index) {
    return items.get(index);
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return items.iterator();
  }
}
