package io.sluice.stack.template;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a stack with every value evaluated. Immutable.
 *
 * @param place the template's name and the logical id, for messages
 * @param logicalId the id in its own template
 * @param physicalId what {@code Ref} gives
 * @param properties as the service gets them
 */
public record Resource(
    String place, String logicalId, String type, String physicalId, JsonObject properties) {

  /** The property's text. */
  public String text(String property) {
    JsonValue value = properties.get(property);
    if (value == null) {
      throw new UnresolvedException(place, "has no property " + property);
    }
    return TemplateParameter.text(value);
  }

  public String text(String property, String otherwise) {
    return properties.has(property) ? text(property) : otherwise;
  }

  /** The property's whole number, which a template may write as text. */
  public int number(String property, int otherwise) {
    if (!properties.has(property)) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text(property));
    } catch (NumberFormatException e) {
      throw new UnresolvedException(place, property + " is no whole number");
    }
  }

  /** The property if it is {@code true}, as JSON or as text. */
  public boolean flag(String property) {
    return properties.has(property) && text(property).equals("true");
  }

  /** The property's object, or {@code null} where there is none. */
  public @Nullable JsonObject object(String property) {
    return properties.object(property);
  }

  /** The texts of a list; empty where the property is absent. */
  public List<String> texts(String property) {
    return values(property).stream().map(TemplateParameter::text).toList();
  }

  /** The objects of a list; empty where the property is absent. */
  public List<JsonObject> objects(String property) {
    return values(property).stream()
        .map(
            value -> {
              if (value instanceof JsonObject object) {
                return object;
              }
              throw new UnresolvedException(place, property + " holds something else than objects");
            })
        .toList();
  }

  private List<JsonValue> values(String property) {
    JsonArray array = properties.array(property);
    return array == null ? List.of() : StreamSupport.stream(array.spliterator(), false).toList();
  }
}
