package io.sluice.stack.iam;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.template.UnresolvedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a policy. What it says in words that aren't known here is an error. Immutable.
 *
 * @param place where it stands, for messages
 */
record PolicyStatement(String place, JsonObject statement) {

  private static final Set<String> MEMBERS =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition", "Principal");

  PolicyStatement {
    for (String member : statement.members().keySet()) {
      if (!MEMBERS.contains(member)) {
        throw new UnresolvedException(place, "the statement's " + member + " is not known here");
      }
    }
  }

  boolean allows() {
    return statement.text("Effect", "").equals("Allow");
  }

  /** Whether the statement speaks of the call. */
  boolean matches(AwsAction call) {
    return any(texts(statement.get("Action")), call.action())
        && any(texts(statement.get("Resource")), call.resource())
        && conditions(call.conditionKeys());
  }

  private static boolean any(List<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, text));
  }

  private boolean conditions(Map<String, List<String>> keys) {
    JsonObject condition = statement.object("Condition");
    if (condition == null) {
      return true;
    }
    for (Map.Entry<String, JsonValue> operator : condition.members().entrySet()) {
      for (Map.Entry<String, JsonValue> key :
          ((JsonObject) operator.getValue()).members().entrySet()) {
        if (!holds(operator.getKey(), texts(key.getValue()), keys.get(key.getKey()))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean holds(String operator, List<String> patterns, @Nullable List<String> values) {
    return switch (operator) {
      case "Null" -> patterns.getFirst().equals(Boolean.toString(values == null));
      case "StringEquals", "Bool" -> values != null && values.stream().anyMatch(patterns::contains);
      case "StringNotEquals" -> values == null || values.stream().noneMatch(patterns::contains);
      case "StringLike", "ArnLike", "ArnEquals" ->
          values != null && values.stream().anyMatch(value -> any(patterns, value));
      case "StringNotLike", "ArnNotLike", "ArnNotEquals" ->
          values == null || values.stream().noneMatch(value -> any(patterns, value));
      case "ForAllValues:StringEquals" -> values == null || patterns.containsAll(values);
      case "ForAllValues:StringLike" ->
          values == null || values.stream().allMatch(value -> any(patterns, value));
      default ->
          throw new UnresolvedException(place, "the condition " + operator + " is not known here");
    };
  }

  static List<String> texts(@Nullable JsonValue value) {
    return switch (value) {
      case null -> List.of();
      case JsonArray array -> array.items().stream().flatMap(one -> texts(one).stream()).toList();
      case JsonString text -> List.of(text.value());
      case JsonBoolean flag -> List.of(Boolean.toString(flag.value()));
      case JsonNumber number -> List.of(number.text());
      default -> List.of();
    };
  }
}
