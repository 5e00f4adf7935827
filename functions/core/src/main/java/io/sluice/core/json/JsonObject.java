package io.sluice.core.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object; members keep their order. Not a record: objects that the reader or a builder has
 * just filled are taken over without a copy, which a record's constructor could not tell apart.
 */
public final class JsonObject implements JsonValue {

  public static final JsonObject EMPTY = new JsonObject(Map.of());

  private final Map<String, JsonValue> members;

  /** The object of a copy of these members. */
  public JsonObject(Map<String, JsonValue> members) {
    this(members, true);
  }

  private JsonObject(Map<String, JsonValue> members, boolean copied) {
    this.members = Collections.unmodifiableMap(copied ? new LinkedHashMap<>(members) : members);
  }

  /** The object that takes over a map that nobody else will change. */
  static JsonObject over(Map<String, JsonValue> members) {
    return new JsonObject(members, false);
  }

  /** The members, in their order; unmodifiable. */
  public Map<String, JsonValue> members() {
    return members;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject object && object.members.equals(members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return "JsonObject" + members;
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

  /** Builds objects; not thread-safe. */
  public static final class Builder {
    private Map<String, JsonValue> members = new LinkedHashMap<>();
    private boolean shared;

    private Builder() {}

    /** Sets the member to that Java value, converted by {@link JsonValue#of(Object)}. */
    public Builder put(String name, @Nullable Object value) {
      own().put(name, JsonValue.of(value));
      return this;
    }

    /** Sets the member unless the value is {@code null}. */
    public Builder putPresent(String name, @Nullable Object value) {
      return value == null ? this : put(name, value);
    }

    /** Sets all members of the other object. */
    public Builder putAll(JsonObject other) {
      own().putAll(other.members());
      return this;
    }

    /** The object; members that are put later are those of a further object. */
    public JsonObject build() {
      shared = true;
      return over(members);
    }

    private Map<String, JsonValue> own() {
      if (shared) {
        members = new LinkedHashMap<>(members);
        shared = false;
      }
      return members;
    }
  }
}
