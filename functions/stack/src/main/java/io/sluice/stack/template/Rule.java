package io.sluice.stack.template;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;

/** A rule of a template about its parameters: what a deployment refuses before it begins. */
record Rule(String place, JsonValue body) {

  /** Throws unless every assertion holds, or the rule's own condition doesn't. */
  void judge(Conditions conditions) {
    if (!(body instanceof JsonObject rule) || !(rule.get("Assertions") instanceof JsonArray all)) {
      throw new UnresolvedException(place, "a rule needs assertions");
    }
    JsonValue condition = rule.get("RuleCondition");
    if (condition != null && !conditions.evaluate(condition, place)) {
      return;
    }
    for (JsonValue one : all) {
      if (!(one instanceof JsonObject assertion) || assertion.get("Assert") == null) {
        throw new UnresolvedException(place, "an assertion without Assert");
      }
      if (!conditions.evaluate(assertion.get("Assert"), place)) {
        throw new UnresolvedException(
            place, assertion.text("AssertDescription", "the assertion does not hold"));
      }
    }
  }
}
