package io.sluice.stack.event;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter criteria of an event source mapping; without any, every record passes. Immutable. */
record EventFilter(String place, List<JsonObject> patterns) {

  static EventFilter of(Resource mapping) {
    JsonObject criteria = mapping.object("FilterCriteria");
    JsonArray filters = criteria == null ? null : criteria.array("Filters");
    List<JsonObject> patterns = new ArrayList<>();
    for (JsonValue filter : filters == null ? JsonArray.EMPTY : filters) {
      try {
        patterns.add((JsonObject) Json.read(((JsonObject) filter).text("Pattern", "")));
      } catch (JsonSyntaxException | ClassCastException e) {
        throw new UnresolvedException(mapping.place(), "a filter's Pattern is no JSON object");
      }
    }
    return new EventFilter(mapping.place(), List.copyOf(patterns));
  }

  boolean passes(JsonObject record) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, record));
  }

  private boolean matches(JsonObject pattern, JsonObject value) {
    for (Map.Entry<String, JsonValue> member : pattern.members().entrySet()) {
      JsonValue actual = value.get(member.getKey());
      boolean holds =
          switch (member.getValue()) {
            case JsonObject inner -> actual instanceof JsonObject object && matches(inner, object);
            case JsonArray rules -> rules.items().stream().anyMatch(rule -> holds(rule, actual));
            default -> throw unknown(member.getValue());
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(JsonValue rule, @Nullable JsonValue actual) {
    if (!(rule instanceof JsonObject operator)) {
      return rule.equals(actual == null ? JsonNull.NULL : actual);
    }
    Map.Entry<String, JsonValue> only = operator.members().entrySet().iterator().next();
    return switch (only.getKey()) {
      case "exists" ->
          only.getValue() instanceof JsonBoolean flag && flag.value() == (actual != null);
      case "prefix" ->
          actual instanceof JsonString text
              && only.getValue() instanceof JsonString prefix
              && text.value().startsWith(prefix.value());
      case "anything-but" ->
          actual != null
              && (only.getValue() instanceof JsonArray all
                  ? !all.items().contains(actual)
                  : !only.getValue().equals(actual));
      default -> throw unknown(rule);
    };
  }

  private UnresolvedException unknown(JsonValue rule) {
    return new UnresolvedException(place, "the filter rule " + Json.text(rule) + " is not known");
  }
}
