package io.sluice.core.json;

/** A JSON value: immutable, safe to share between threads. */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /** The JSON value of a Java value; {@code null} becomes JSON {@code null}. */
  static JsonValue of(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.NULL;
      case JsonValue json -> json;
      case CharSequence text -> new JsonString(text.toString());
      case Boolean flag -> new JsonBoolean(flag);
      case Number number -> JsonNumber.of(number);
      case Iterable<?> items -> JsonArray.of(items);
      case java.util.Map<?, ?> members -> JsonObject.of(members);
      default -> throw new IllegalArgumentException("no JSON form: " + value.getClass().getName());
    };
  }
}
