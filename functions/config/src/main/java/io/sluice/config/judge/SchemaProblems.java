package io.sluice.config.judge;

import com.networknt.schema.Error;
import io.sluice.config.row.Problem;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a schema's error means to an administrator. Values of the row are never repeated.
 *
 * @param schemas the schemas, by id
 */
record SchemaProblems(Map<String, JsonObject> schemas) {

  private static final Pattern INDEX = Pattern.compile("[0-9]+");
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,59}");
  private static final Pattern SECRETIVE =
      Pattern.compile("key|token|password|credential|auth", Pattern.CASE_INSENSITIVE);

  Problem of(Error error) {
    String path = field(error.getInstanceLocation().toString());
    String property = error.getProperty();
    JsonObject around = around(error);
    return switch (String.valueOf(error.getKeyword())) {
      case "additionalProperties" -> unknown(path, String.valueOf(property), around);
      case "required" -> new Problem(member(path, String.valueOf(property)), "is missing");
      case "type" -> new Problem(path, "must be " + type(around));
      case "enum" -> new Problem(path, "must be one of " + items(around.array("enum")));
      case "const" -> new Problem(path, constant(around));
      case "pattern" -> new Problem(path, "must be " + around.text("description", "well-formed"));
      case "minimum" -> new Problem(path, "must be at least " + number(around, "minimum"));
      case "exclusiveMinimum" ->
          new Problem(path, "must be more than " + number(around, "exclusiveMinimum"));
      case "maximum" -> new Problem(path, "must be at most " + number(around, "maximum"));
      case "maxLength" ->
          new Problem(path, "must be at most " + number(around, "maxLength") + " characters");
      case "minLength", "minItems", "minProperties" -> new Problem(path, "must not be empty");
      case "maxItems" ->
          new Problem(path, "must have at most " + number(around, "maxItems") + " entries");
      case "uniqueItems" -> new Problem(path, "must not name anything twice");
      default -> new Problem(path, "must not be set beside the row's other fields");
    };
  }

  private static Problem unknown(String path, String property, JsonObject around) {
    JsonObject known = around.object("properties");
    boolean plain = PLAIN_NAME.matcher(property).matches();
    String text =
        SECRETIVE.matcher(property).find()
            ? "is an unknown field, and rows hold no keys: put the key into the secret store and"
                + " write its name into the field secret"
            : "is an unknown field: remove it or correct its name; known fields: "
                + (known == null ? "" : String.join(", ", known.members().keySet()));
    return new Problem(member(path, plain ? property : "(a name with unusual characters)"), text);
  }

  private static String constant(JsonObject around) {
    String description = around.text("description");
    if (description != null) {
      return "must be " + description;
    }
    return around.get("const") instanceof JsonString text
        ? "must be " + text.value()
        : "has a value that is not possible here";
  }

  private static String type(JsonObject around) {
    return switch (around.text("type", "")) {
      case "object" -> "a mapping";
      case "array" -> "a list";
      case "string" -> "a text (write it in quotes)";
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      default -> "a number";
    };
  }

  private static String items(@Nullable JsonArray items) {
    List<String> names = new ArrayList<>();
    if (items != null) {
      items.forEach(item -> names.add(item instanceof JsonString text ? text.value() : "?"));
    }
    return String.join(", ", names);
  }

  private static String number(JsonObject around, String keyword) {
    JsonValue value = around.get(keyword);
    return value == null ? "?" : Json.text(value);
  }

  /** The schema object that holds the keyword which failed. */
  private JsonObject around(Error error) {
    String location = String.valueOf(error.getSchemaLocation());
    int hash = location.indexOf('#');
    JsonObject schema =
        hash < 0 ? null : schemas.get(location.substring(0, hash).toLowerCase(Locale.ROOT));
    JsonValue around = schema == null ? JsonObject.EMPTY : schema;
    JsonObject last = JsonObject.EMPTY;
    for (String step : location.substring(hash + 1).split("/", -1)) {
      if (around instanceof JsonObject object) {
        last = object;
      }
      if (!step.isEmpty()) {
        around =
            switch (around) {
              case JsonObject object ->
                  Objects.requireNonNullElse(object.get(step), JsonObject.EMPTY);
              case JsonArray array when INDEX.matcher(step).matches() ->
                  array.get(Integer.parseInt(step));
              default -> JsonObject.EMPTY;
            };
      }
    }
    return last;
  }

  /** {@code /targets/0/model} as {@code targets[0].model}. */
  private static String field(String pointer) {
    StringBuilder field = new StringBuilder();
    for (String step : pointer.split("/", -1)) {
      if (INDEX.matcher(step).matches()) {
        field.append('[').append(step).append(']');
      } else if (!step.isEmpty()) {
        field.append(field.isEmpty() ? "" : ".").append(step);
      }
    }
    return field.toString();
  }

  private static String member(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
