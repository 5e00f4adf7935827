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
import org.jspecify.annotations.Nullable;

/** Disabling always goes live: the switches that an invalid row turns off are obeyed alone. */
final class Switches {

  private static final JsonValue OFF = new JsonBoolean(false);

  private static final Map<String, List<List<String>>> PATHS =
      Map.of(
          RowKey.FEATURE,
          List.of(List.of("enabled"), List.of("content_log", "enabled")),
          RowKey.SCOPE,
          List.of(List.of("set", "enabled"), List.of("set", "content_log", "enabled")),
          RowKey.SETTINGS,
          List.of(List.of("enabled"), List.of("content_log"), List.of("metadata", "allow")));

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
