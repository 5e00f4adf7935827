package io.sluice.prompts;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Guards every text inside of a JSON value. */
final class GuardedValue {

  private GuardedValue() {}

  static JsonValue of(JsonValue value, DataGuard guard) {
    return switch (value) {
      case JsonString text -> new JsonString(guard.guarded(text.value()));
      case JsonArray list -> {
        List<JsonValue> items = new ArrayList<>(list.size());
        for (JsonValue item : list) {
          items.add(of(item, guard));
        }
        yield new JsonArray(items);
      }
      case JsonObject object -> {
        JsonObject.Builder members = JsonObject.builder();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
          members.put(guard.guarded(member.getKey()), of(member.getValue(), guard));
        }
        yield members.build();
      }
      default -> value;
    };
  }
}
