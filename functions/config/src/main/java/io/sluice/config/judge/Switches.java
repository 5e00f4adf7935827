package io.sluice.config.judge;

import io.sluice.config.Features;
import io.sluice.config.SettingsRow;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Disabling always goes live: the switches that an invalid row turns off are obeyed alone, and
 * those that an edit turns off are obeyed while the table is pinned. Pure functions.
 */
public final class Switches {

  private static final List<String> ENABLED = List.of("enabled");

  private static final JsonValue OFF = new JsonBoolean(false);

  private static final Map<String, List<List<String>>> PATHS =
      Map.of(
          RowKey.FEATURE,
          List.of(ENABLED, List.of("content_log", "enabled")),
          RowKey.SCOPE,
          List.of(List.of("set", "enabled"), List.of("set", "content_log", "enabled")),
          RowKey.SETTINGS,
          List.of(ENABLED, List.of("content_log"), List.of("metadata", "allow")));

  private Switches() {}

  /**
   * The last published form with every switch off that the invalid row turns off. A row that was
   * never published gets a form of its switches alone; a scope does not, since nobody knows whom it
   * is for.
   */
  static Optional<RowDocument> obeyed(@Nullable RowDocument published, RowDocument invalid) {
    RowKey key = invalid.key();
    JsonObject form = published == null ? blank(key) : published.fields();
    boolean obeyed = false;
    for (List<String> path : PATHS.getOrDefault(key.kind(), List.of())) {
      if (OFF.equals(at(invalid.fields(), path)) && !form.equals(JsonObject.EMPTY)) {
        form = off(form, path);
        obeyed = true;
      }
    }
    return obeyed ? Optional.of(new RowDocument(key, form)) : Optional.empty();
  }

  /**
   * The rows of a pinned snapshot with every switch off that an edit turned off.
   *
   * @param before the rows before the edit
   * @param after the rows after it
   * @param pinned the rows that stay live
   * @return empty where the edit turned nothing off that is on in the pinned rows
   */
  public static Optional<List<RowDocument>> carried(
      Map<RowKey, RowDocument> before,
      Map<RowKey, RowDocument> after,
      Map<RowKey, RowDocument> pinned) {
    Map<RowKey, RowDocument> rows = new TreeMap<>(pinned);
    after.forEach(
        (key, row) -> {
          for (List<String> path : PATHS.getOrDefault(key.kind(), List.of())) {
            if (turnsOff(before.get(key), row, path)) {
              JsonObject form = pinnedForm(rows.get(key), row, path);
              if (!form.equals(JsonObject.EMPTY)) {
                rows.put(key, new RowDocument(key, off(form, path)));
              }
            }
          }
        });
    return rows.equals(pinned) ? Optional.empty() : Optional.of(List.copyOf(rows.values()));
  }

  private static boolean turnsOff(
      @Nullable RowDocument before, RowDocument after, List<String> path) {
    return OFF.equals(at(after.fields(), path))
        && (before == null || !OFF.equals(at(before.fields(), path)));
  }

  /** What the switch is laid over; a row that the pinned table lacks gets no other effect. */
  private static JsonObject pinnedForm(
      @Nullable RowDocument pinned, RowDocument row, List<String> path) {
    if (pinned != null) {
      return pinned.fields();
    }
    if (!path.getLast().equals("enabled") || path.contains("content_log")) {
      return JsonObject.EMPTY;
    }
    JsonObject.Builder form = JsonObject.builder();
    for (String field : List.of("kind", "name", "match", "features")) {
      form.putPresent(field, row.fields().get(field));
    }
    return form.build();
  }

  private static JsonObject blank(RowKey key) {
    boolean possible =
        (key.kind().equals(RowKey.FEATURE) && Features.known(key.name()))
            || (key.kind().equals(RowKey.SETTINGS) && key.name().equals(SettingsRow.NAME));
    return possible
        ? JsonObject.builder().put("kind", key.kind()).put("name", key.name()).build()
        : JsonObject.EMPTY;
  }

  private static @Nullable JsonValue at(JsonObject fields, List<String> path) {
    JsonObject object = fields;
    for (String step : path.subList(0, path.size() - 1)) {
      object = object.object(step);
      if (object == null) {
        return null;
      }
    }
    return object.get(path.getLast());
  }

  private static JsonObject off(JsonObject fields, List<String> path) {
    JsonObject.Builder copy = JsonObject.builder().putAll(fields);
    if (path.size() == 1) {
      return copy.put(path.getFirst(), OFF).build();
    }
    JsonObject nested = fields.object(path.getFirst());
    return copy.put(
            path.getFirst(),
            off(nested == null ? JsonObject.EMPTY : nested, path.subList(1, path.size())))
        .build();
  }
}
