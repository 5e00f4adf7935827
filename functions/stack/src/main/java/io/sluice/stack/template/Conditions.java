package io.sluice.stack.template;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A template's conditions, each evaluated once. Not thread-safe. */
final class Conditions {

  private final Template template;
  private final Evaluation evaluation;
  private final Map<String, Boolean> known = new HashMap<>();

  Conditions(Template template, Evaluation evaluation) {
    this.template = template;
    this.evaluation = evaluation;
  }

  boolean holds(String name, String place) {
    Boolean before = known.get(name);
    if (before != null) {
      return before;
    }
    JsonValue definition = template.section("Conditions").get(name);
    if (definition == null) {
      throw new UnresolvedException(place, "there is no condition " + name);
    }
    boolean holds = evaluate(definition, template.name() + ": Conditions." + name);
    known.put(name, holds);
    return holds;
  }

  /** A condition's own language, which rules speak too. */
  boolean evaluate(JsonValue definition, String place) {
    if (!(definition instanceof JsonObject object) || object.members().size() != 1) {
      throw new UnresolvedException(place, "no condition");
    }
    Map.Entry<String, JsonValue> only = object.members().entrySet().iterator().next();
    JsonValue argument = only.getValue();
    return switch (only.getKey()) {
      case "Condition" -> holds(evaluation.text(argument, place), place);
      case "Fn::Equals" -> equal(operands(argument, place), place);
      case "Fn::Not" -> !evaluate(operands(argument, place).getFirst(), place);
      case "Fn::And" -> operands(argument, place).stream().allMatch(one -> evaluate(one, place));
      case "Fn::Or" -> operands(argument, place).stream().anyMatch(one -> evaluate(one, place));
      case "Fn::Contains" ->
          evaluation
              .list(operands(argument, place).get(0), place)
              .contains(evaluation.required(operands(argument, place).get(1), place));
      default ->
          throw new UnresolvedException(place, "the condition " + only.getKey() + " is not known");
    };
  }

  /** Scalars are compared as text: a parameter of type Number is text, too. */
  private boolean equal(List<JsonValue> operands, String place) {
    if (operands.size() != 2) {
      throw new UnresolvedException(place, "Fn::Equals needs two values");
    }
    return TemplateParameter.text(evaluation.required(operands.get(0), place))
        .equals(TemplateParameter.text(evaluation.required(operands.get(1), place)));
  }

  private static List<JsonValue> operands(JsonValue argument, String place) {
    if (argument instanceof JsonArray array && array.size() > 0) {
      return array.items();
    }
    throw new UnresolvedException(place, "a condition needs a list");
  }
}
