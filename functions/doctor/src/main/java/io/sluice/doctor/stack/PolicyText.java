package io.sluice.doctor.stack;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Reads policies as far as the doctor judges them. Pure functions. */
final class PolicyText {

  private PolicyText() {}

  /** Whether a statement allows every action on every resource without a condition. */
  static boolean allowsEverything(@Nullable String policy) {
    if (policy == null) {
      return true; // what AWS gives an endpoint without one
    }
    for (JsonValue item : statements(policy)) {
      if (item instanceof JsonObject statement
          && "Allow".equals(statement.text("Effect"))
          && "*".equals(statement.text("Action"))
          && "*".equals(statement.text("Resource"))
          && !statement.has("Condition")) {
        return true;
      }
    }
    return false;
  }

  private static JsonArray statements(String policy) {
    try {
      if (Json.read(policy) instanceof JsonObject document) {
        JsonArray list = document.array("Statement");
        JsonObject one = document.object("Statement");
        return list != null
            ? list
            : one == null ? JsonArray.EMPTY : JsonArray.of(java.util.List.of(one));
      }
    } catch (JsonSyntaxException e) {
      // No policy that could be judged.
    }
    return JsonArray.EMPTY;
  }
}
