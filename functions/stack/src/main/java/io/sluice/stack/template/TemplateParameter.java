package io.sluice.stack.template;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A parameter of a template, judged as CloudFormation judges what a user gives. Immutable. */
record TemplateParameter(String place, JsonObject definition) {

  /** The parameter's value: text, or a list of texts where the type says so. */
  JsonValue value(@Nullable String given) {
    String text = given != null ? given : defaultText();
    if (text == null) {
      throw new UnresolvedException(place, "the parameter has no default and no value was given");
    }
    String type = definition.text("Type", "");
    if (type.startsWith("AWS::SSM::Parameter")) {
      throw new UnresolvedException(place, "values of type " + type + " are not looked up");
    }
    boolean list = type.startsWith("List<") || type.equals("CommaDelimitedList");
    if (!list) {
      judge(text, type);
      return new JsonString(text);
    }
    List<String> items =
        text.isEmpty()
            ? List.of("")
            : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    items.forEach(item -> judge(item, type.equals("List<Number>") ? "Number" : type));
    return JsonArray.of(items);
  }

  private @Nullable String defaultText() {
    JsonValue value = definition.get("Default");
    return value == null ? null : text(value);
  }

  /** A scalar as CloudFormation passes it on: as text. */
  static String text(JsonValue value) {
    return switch (value) {
      case JsonString string -> string.value();
      case JsonNumber number -> number.text();
      case JsonValue other -> Json.text(other);
    };
  }

  private void judge(String value, String type) {
    JsonArray allowed = definition.array("AllowedValues");
    if (allowed != null && allowed.items().stream().noneMatch(one -> text(one).equals(value))) {
      throw refused(value, "not one of " + Json.text(allowed));
    }
    String pattern = definition.text("AllowedPattern");
    if (pattern != null && !Pattern.matches(pattern, value)) {
      throw refused(value, "does not match " + pattern);
    }
    bound("MinLength", value, value.length(), true);
    bound("MaxLength", value, value.length(), false);
    if (type.equals("Number")) {
      BigDecimal number;
      try {
        number = new BigDecimal(value);
      } catch (NumberFormatException e) {
        throw refused(value, "no number");
      }
      bound("MinValue", value, number.doubleValue(), true);
      bound("MaxValue", value, number.doubleValue(), false);
    }
  }

  private void bound(String name, String value, double measured, boolean least) {
    JsonValue bound = definition.get(name);
    if (bound != null) {
      double limit = Double.parseDouble(text(bound));
      if (least ? measured < limit : measured > limit) {
        throw refused(value, "outside " + name + " " + text(bound));
      }
    }
  }

  private UnresolvedException refused(String value, String why) {
    return new UnresolvedException(place, "the value '" + value + "' is " + why);
  }
}
