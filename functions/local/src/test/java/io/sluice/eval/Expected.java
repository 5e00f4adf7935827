package io.sluice.eval;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a right answer has, as simple checks without regard to case: {@code equals}, {@code
 * contains} (all of them), {@code contains_one}, {@code lacks} (any of them), {@code at_most}
 * (characters). Without checks every readable answer is right.
 */
record Expected(JsonObject checks) {

  private static final Set<String> CHECKS =
      Set.of("equals", "contains", "contains_one", "lacks", "at_most");

  /** The checks, none of them misspelt. */
  Expected {
    if (!CHECKS.containsAll(checks.members().keySet())) {
      throw new IllegalArgumentException(
          "expected knows " + CHECKS + ", not " + checks.members().keySet());
    }
  }

  boolean met(String answer) {
    String text = answer.strip().toLowerCase(Locale.ROOT);
    String same = checks.text("equals");
    Long most = checks.number("at_most");
    return (same == null || text.equals(same.toLowerCase(Locale.ROOT)))
        && (most == null || text.length() <= most)
        && texts("contains").allMatch(text::contains)
        && (!checks.has("contains_one") || texts("contains_one").anyMatch(text::contains))
        && texts("lacks").noneMatch(text::contains);
  }

  private Stream<String> texts(String check) {
    JsonArray values = Objects.requireNonNullElse(checks.array(check), JsonArray.EMPTY);
    return values.items().stream()
        .map(
            value -> value instanceof JsonString text ? text.value().toLowerCase(Locale.ROOT) : "");
  }
}
