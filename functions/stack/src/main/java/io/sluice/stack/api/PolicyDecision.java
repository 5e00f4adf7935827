package io.sluice.stack.api;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.iam.Wildcard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an authorizer answered. Immutable.
 *
 * @param context as strings, as API Gateway hands it on
 */
record PolicyDecision(boolean allowed, String principal, Map<String, String> context) {

  /**
   * Reads an authorizer's answer and judges the method by its policy.
   *
   * @throws IllegalArgumentException if API Gateway would not take it
   */
  static PolicyDecision of(JsonObject answer, String methodArn) {
    String principal = answer.text("principalId");
    JsonObject policy = answer.object("policyDocument");
    if (principal == null || policy == null) {
      throw new IllegalArgumentException("no principalId or no policyDocument");
    }
    boolean allowed = false;
    boolean denied = false;
    JsonArray statements = policy.array("Statement");
    for (JsonValue one : statements == null ? JsonArray.EMPTY : statements) {
      if (!(one instanceof JsonObject statement)) {
        throw new IllegalArgumentException("a statement is no object");
      }
      boolean matches =
          any(statement.get("Action"), "execute-api:Invoke")
              && any(statement.get("Resource"), methodArn);
      denied |= matches && statement.text("Effect", "").equals("Deny");
      allowed |= matches && statement.text("Effect", "").equals("Allow");
    }
    return new PolicyDecision(allowed && !denied, principal, context(answer));
  }

  private static boolean any(@org.jspecify.annotations.Nullable JsonValue patterns, String text) {
    List<JsonValue> all =
        patterns instanceof JsonArray array
            ? array.items()
            : patterns == null ? List.of() : List.of(patterns);
    return all.stream()
        .anyMatch(
            pattern ->
                pattern instanceof JsonString string && Wildcard.matches(string.value(), text));
  }

  private static Map<String, String> context(JsonObject answer) {
    Map<String, String> context = new LinkedHashMap<>();
    JsonObject given = answer.object("context");
    if (given != null) {
      given
          .members()
          .forEach(
              (name, value) -> {
                switch (value) {
                  case JsonString text -> context.put(name, text.value());
                  case JsonNumber number -> context.put(name, number.text());
                  case JsonBoolean flag -> context.put(name, Boolean.toString(flag.value()));
                  default ->
                      throw new IllegalArgumentException(
                          "the context's " + name + " is no string, number or boolean");
                }
              });
    }
    return context;
  }
}
