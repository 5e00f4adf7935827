package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;
import java.util.Collection;

/**
 * The few forms of JSON schema that answers need. Members keep their order, since servers make
 * models write them in it.
 */
final class JsonSchema {

  private static final String TYPE = "type";
  private static final String STRING = "string";

  private JsonSchema() {}

  /** An object with exactly the members that these properties name. */
  static JsonObject object(JsonObject properties) {
    return JsonObject.builder()
        .put(TYPE, "object")
        .put("properties", properties)
        .put("required", properties.members().keySet())
        .put("additionalProperties", false)
        .build();
  }

  static JsonObject array(JsonObject items) {
    return JsonObject.builder().put(TYPE, "array").put("items", items).build();
  }

  static JsonObject string() {
    return JsonObject.builder().put(TYPE, STRING).build();
  }

  static JsonObject oneOf(Collection<String> values) {
    return JsonObject.builder().put(TYPE, STRING).put("enum", values).build();
  }

  static JsonObject oneOfNumbers(Collection<Integer> values) {
    return JsonObject.builder().put(TYPE, "integer").put("enum", values).build();
  }
}
