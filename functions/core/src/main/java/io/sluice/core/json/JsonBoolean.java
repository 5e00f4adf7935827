package io.sluice.core.json;

/** A JSON {@code true} or {@code false}. */
public record JsonBoolean(boolean value) implements JsonValue {

  // Written out: a record's own methods are linked at the first call, which costs milliseconds of
  // each cold start, and flags are compared in every request.
  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof JsonBoolean flag && flag.value == value;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(value);
  }
}
