package io.sluice.core.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object; members keep their order. */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {

  public static final JsonObject EMPTY = new JsonObject(Map.of());

  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The object of these Java values, each converted by {@link JsonValue#of(Object)}. */
  public static JsonObject of(Map<?, ?> values) {
    Builder builder = builder();
    values.forEach((name, value) -> builder.put(String.valueOf(name), value));
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The member's value, or {@code null} where the object has no such member. */
  public @Nullable JsonValue get(String name) {
    return members.get(name);
  }

  /** The member if it is a string, else {@code null}. */
  public @Nullable String text(String name) {
    return members.get(name) instanceof JsonString string ? string.value() : null;
  }

  /** The member if it is a string, else that default. */
  public String text(String name, String otherwise) {
    return Objects.requireNonNullElse(text(name), otherwise);
  }

  /** The member if it is a whole number within {@code long}, else {@code null}. */
  public @Nullable Long number(String name) {
    return members.get(name) instanceof JsonNumber number && number.isLong()
        ? Long.valueOf(number.longValue())
        : null;
  }

  /** The member if it is a number, else {@code null}. */
  public @Nullable Double decimal(String name) {
    return members.get(name) instanceof JsonNumber number
        ? Double.valueOf(number.doubleValue())
        : null;
  }

  /** Whether the member is {@code true}. */
  public boolean flag(String name) {
    return members.get(name) instanceof JsonBoolean flag && flag.value();
  }

  /** The member if it is an object, else {@code null}. */
  public @Nullable JsonObject object(String name) {
    return members.get(name) instanceof JsonObject object ? object : null;
  }

  /** The member if it is an array, else {@code null}. */
  public @Nullable JsonArray array(String name) {
    return members.get(name) instanceof JsonArray array ? array : null;
  }

  /** Builds an object; not thread-safe. */
  public static final class Builder {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    /** Sets the member to that Java value, converted by {@link JsonValue#of(Object)}. */
    public Builder put(String name, @Nullable Object value) {
      members.put(name, JsonValue.of(value));
      return this;
    }

    /** Sets the member unless the value is {@code null}. */
    public Builder putPresent(String name, @Nullable Object value) {
      return value == null ? this : put(name, value);
    }

    /** Sets all members of the other object. */
    public Builder putAll(JsonObject other) {
      members.putAll(other.members());
      return this;
    }

    public JsonObject build() {
      return new JsonObject(members);
    }
  }
}
