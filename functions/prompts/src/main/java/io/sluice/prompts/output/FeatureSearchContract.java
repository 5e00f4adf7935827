package io.sluice.prompts.output;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of features that fit a query, as a bare JSON array: only such as stand in the input
 * {@code catalog}, or {@code features} as other callers name it, each once.
 */
final class FeatureSearchContract implements OutputContract {

  private static final String NOTHING = "[]";

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    JsonInText found = JsonInText.first(answer, '[');
    if (found == null || !(found.value() instanceof JsonArray array)) {
      return new Broken(NOTHING, "it is no JSON array");
    }
    String catalog = text(inputs.get("catalog")) + "\n" + text(inputs.get("features"));
    Set<String> seen = new HashSet<>();
    List<JsonValue> ids = new ArrayList<>();
    for (JsonValue item : array) {
      String id = text(item);
      if (stands(catalog, id) && seen.add(id)) {
        ids.add(item);
      }
    }
    if (ids.isEmpty() && array.size() > 0) {
      return new Broken(NOTHING, "none of its ids is in the catalogue");
    }
    return JsonVerdict.of(answer, found, JsonArray.of(ids), ids.size() == array.size());
  }

  private static String text(@Nullable JsonValue value) {
    return switch (value) {
      case null -> "";
      case JsonString string -> string.value();
      default -> Json.text(value);
    };
  }

  /** Whether the id is there as a whole, not as a part of a longer one. */
  private static boolean stands(String catalog, String id) {
    int at = id.isBlank() ? -1 : catalog.indexOf(id);
    while (at >= 0) {
      int end = at + id.length();
      if ((at == 0 || !isPart(catalog.charAt(at - 1)))
          && (end == catalog.length() || !isPart(catalog.charAt(end)))) {
        return true;
      }
      at = catalog.indexOf(id, at + 1);
    }
    return false;
  }

  private static boolean isPart(char c) {
    return c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }
}
