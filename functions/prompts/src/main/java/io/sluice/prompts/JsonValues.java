package io.sluice.prompts;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets templates read JSON values, and nothing but JSON values: lists are walked, members of
 * objects found by name, {@code null} and {@code false} are empty lists. Thread-safe.
 */
final class JsonValues implements Mustache.Collector {

  /** How a value is written into a prompt: strings as they are, other values as JSON. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case JsonString string -> string.value();
      case JsonNull ignored -> "";
      case JsonValue json -> Json.text(json);
      case null -> "";
      default -> String.valueOf(value);
    };
  }

  @Override
  public @Nullable Iterator<?> toIterator(Object value) {
    return switch (value) {
      case Iterable<?> items -> items.iterator(); // a JsonArray, or the list of a missing member
      case JsonNull ignored -> Collections.emptyIterator();
      case JsonBoolean flag when !flag.value() -> Collections.emptyIterator();
      default -> null;
    };
  }

  @Override
  public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
    return context instanceof JsonObject ? JsonValues::member : null;
  }

  private static Object member(Object context, String name) {
    JsonValue value = ((JsonObject) context).get(name);
    return value == null ? Template.NO_FETCHER_FOUND : value;
  }

  @Override
  public <K, V> Map<K, V> createFetcherCache() {
    return new ConcurrentHashMap<>();
  }
}
