package io.sluice.stack.template;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Fn::Sub}: text with {@code ${Name}}, {@code ${Resource.Attribute}}, {@code ${!Literal}}.
 */
record Substitution(Evaluation evaluation, Evaluation.Names names) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");

  String of(JsonValue argument, String place) {
    if (argument instanceof JsonString text) {
      return fill(text.value(), JsonObject.EMPTY, place);
    }
    if (argument instanceof JsonArray array
        && array.size() == 2
        && array.get(0) instanceof JsonString text
        && array.get(1) instanceof JsonObject variables) {
      return fill(text.value(), variables, place);
    }
    throw new UnresolvedException(place, "Fn::Sub needs text, or text and variables");
  }

  private String fill(String text, JsonObject variables, String place) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String name = Objects.requireNonNull(matcher.group(1));
      String value =
          name.startsWith("!") ? "${" + name.substring(1) + "}" : lookUp(name, variables, place);
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  private String lookUp(String name, JsonObject variables, String place) {
    JsonValue own = variables.get(name);
    if (own != null) {
      return evaluation.text(own, place);
    }
    int dot = name.indexOf('.');
    JsonValue found =
        dot < 0
            ? names.ref(name, place)
            : names.attribute(name.substring(0, dot), name.substring(dot + 1), place);
    if (found == null) {
      throw new UnresolvedException(place, "${" + name + "} has no value");
    }
    return evaluation.text(found, place);
  }
}
