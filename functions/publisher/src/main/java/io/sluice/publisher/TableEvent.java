package io.sluice.publisher;

import io.sluice.config.row.RowDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event, as far as it matters what caused it. A publication looks at the whole table, so only
 * two things do: whether rows changed at all, and whether it comes from the table's stream.
 *
 * @param event the JSON object that Lambda hands over
 */
record TableEvent(Map<String, Object> event) {

  /**
   * Whether it comes from the stream of the table; otherwise it is the schedule's, or somebody's.
   */
  boolean streamed() {
    return event.get("Records") instanceof List<?>;
  }

  /** Whether nothing but statuses changed: these are the publisher's own writes. */
  boolean statusesOnly() {
    return event.get("Records") instanceof List<?> records
        && !records.isEmpty()
        && records.stream().allMatch(TableEvent::statusOnly);
  }

  private static boolean statusOnly(@Nullable Object item) {
    if (item instanceof Map<?, ?> entry && entry.get("dynamodb") instanceof Map<?, ?> change) {
      Map<Object, Object> before = judged(change.get("OldImage"));
      Map<Object, Object> after = judged(change.get("NewImage"));
      return !before.isEmpty() && before.equals(after);
    }
    return false;
  }

  private static Map<Object, Object> judged(@Nullable Object image) {
    Map<Object, Object> attributes = new HashMap<>();
    if (image instanceof Map<?, ?> all) {
      all.forEach(
          (name, value) -> {
            if (!RowDocument.WRITTEN_BY_PUBLISHER.contains(String.valueOf(name))) {
              attributes.put(
                  Objects.requireNonNull(name), Objects.requireNonNullElse(value, Map.of()));
            }
          });
    }
    return attributes;
  }
}
