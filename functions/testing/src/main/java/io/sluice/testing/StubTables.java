package io.sluice.testing;

import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tables of items by {@code id}, in DynamoDB's JSON. Thread-safe. */
final class StubTables {

  private final Map<String, Map<String, JsonObject>> tables = new ConcurrentHashMap<>();

  Map<String, JsonObject> table(String name) {
    return tables.computeIfAbsent(name, n -> new ConcurrentHashMap<>());
  }

  void put(String table, JsonObject item) {
    table(table).put(id(item), item);
  }

  void remove(String table, String id) {
    table(table).remove(id);
  }

  JsonObject get(JsonObject request) throws AwsRefusal {
    Map<String, JsonObject> table = tables.get(request.text("TableName", ""));
    JsonObject key = request.object("Key");
    if (table == null) {
      throw new AwsRefusal("ResourceNotFoundException", "Requested resource not found");
    }
    if (key == null || key.members().size() != 1 || id(key).isEmpty()) {
      throw new AwsRefusal(
          "ValidationException", "The provided key element does not match the schema");
    }
    JsonValue item = table.get(id(key));
    return item == null ? JsonObject.EMPTY : JsonObject.builder().put("Item", item).build();
  }

  private static String id(JsonObject item) {
    JsonObject id = item.object("id");
    return id == null ? "" : id.text("S", "");
  }
}
