package io.sluice.aws;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item's attributes by name. An attribute of another type than asked for counts as absent.
 * Immutable.
 */
public final class DynamoDbItem {

  private final JsonObject attributes;

  /** The item of attribute values as DynamoDB writes them: {@code {"id":{"S":"live"}}}. */
  DynamoDbItem(JsonObject attributes) {
    this.attributes = attributes;
  }

  private @Nullable JsonValue value(String name, String type) {
    JsonObject attribute = attributes.object(name);
    return attribute == null ? null : attribute.get(type);
  }

  private @Nullable String string(String name, String type) {
    JsonObject attribute = attributes.object(name);
    return attribute == null ? null : attribute.text(type);
  }

  public boolean has(String name) {
    return attributes.has(name);
  }

  /** The attribute of type S. */
  public @Nullable String text(String name) {
    return string(name, "S");
  }

  /** The attribute of type N, if it is a whole number within {@code long}. */
  public @Nullable Long number(String name) {
    String text = string(name, "N");
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether the attribute is of type BOOL and true. */
  public boolean flag(String name) {
    JsonObject attribute = attributes.object(name);
    return attribute != null && attribute.flag("BOOL");
  }

  /** The attribute of type B. */
  public byte @Nullable [] bytes(String name) {
    String text = string(name, "B");
    try {
      return text == null ? null : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The texts of the attribute of type L; {@code null} also where an entry is no text. */
  public @Nullable List<String> texts(String name) {
    if (!(value(name, "L") instanceof JsonArray entries)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue entry : entries) {
      String text = entry instanceof JsonObject typed ? typed.text("S") : null;
      if (text == null) {
        return null;
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** The attribute of type M. */
  public @Nullable DynamoDbItem map(String name) {
    return value(name, "M") instanceof JsonObject members ? new DynamoDbItem(members) : null;
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "DynamoDbItem" + attributes.members().keySet();
  }
}
