package io.sluice.doctor.policy;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the members of policies, of which each may be a value or a list of them. */
final class Values {

  private Values() {}

  /** The member's values; none where there is no such member. */
  static List<JsonValue> of(@Nullable JsonValue member) {
    if (member == null) {
      return List.of();
    }
    return member instanceof JsonArray list
        ? StreamSupport.stream(list.spliterator(), false).toList()
        : List.of(member);
  }

  /** The member's values as texts. */
  static List<String> texts(@Nullable JsonValue member) {
    return of(member).stream()
        .map(value -> value instanceof JsonString text ? text.value() : Json.text(value))
        .toList();
  }
}
