package io.sluice.doctor.policy;

import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A statement of a policy. Immutable. */
record Statement(JsonObject json) {

  /** Whether it denies, where it applies. */
  boolean denies() {
    return !"Allow".equals(json.text("Effect"));
  }

  /** How a person finds it. */
  String name(int number) {
    return json.text("Sid", "statement " + number);
  }

  /** Whether it speaks of the request. */
  Truth applies(Ask ask) {
    Truth applies = Truth.of(action(ask)).and(resource(ask));
    if (applies == Truth.NO) {
      return Truth.NO;
    }
    applies =
        applies.and(
            json.has("NotPrincipal")
                ? Truth.UNKNOWN
                : Principals.name(json.get("Principal"), ask.caller()));
    for (Condition condition : conditions()) {
      applies = applies.and(condition.holds(ask));
    }
    return applies;
  }

  /** What of it can't be told of that request. */
  String unknown(Ask ask) {
    List<String> parts = new ArrayList<>();
    for (Condition condition : conditions()) {
      if (condition.holds(ask) == Truth.UNKNOWN) {
        parts.add(condition.operator() + " " + condition.key());
      }
    }
    return parts.isEmpty() ? "its principal or resource" : String.join(", ", parts);
  }

  private boolean action(Ask ask) {
    return json.has("NotAction")
        ? Values.texts(json.get("NotAction")).stream()
            .noneMatch(pattern -> Patterns.action(pattern, ask.action()))
        : Values.texts(json.get("Action")).stream()
            .anyMatch(pattern -> Patterns.action(pattern, ask.action()));
  }

  private Truth resource(Ask ask) {
    boolean not = json.has("NotResource");
    Truth named = Truth.NO;
    for (String pattern : Values.texts(json.get(not ? "NotResource" : "Resource"))) {
      named =
          named.or(
              Patterns.hasVariable(pattern)
                  ? Truth.UNKNOWN
                  : Truth.of(Patterns.arn(pattern, ask.resource())));
    }
    return not ? named.not() : named;
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    JsonObject operators = json.object("Condition");
    if (operators == null) {
      return conditions;
    }
    for (Map.Entry<String, JsonValue> operator : operators.members().entrySet()) {
      if (operator.getValue() instanceof JsonObject keys) {
        keys.members()
            .forEach(
                (key, values) ->
                    conditions.add(new Condition(operator.getKey(), key, Values.texts(values))));
      }
    }
    return conditions;
  }
}
