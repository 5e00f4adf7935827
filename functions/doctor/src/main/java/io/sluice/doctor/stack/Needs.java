package io.sluice.doctor.stack;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the functions need, as the templates give it: {@code scripts/permissions} makes {@code
 * needs.json} of them, beside docs/permissions.md. Immutable.
 */
final class Needs {

  private static final String FILE = "needs.json";

  private final JsonObject functions;
  private final JsonObject invocations;

  private Needs(JsonObject document) {
    functions = object(document, "functions");
    invocations = object(document, "invocations");
  }

  /** Those of the templates that this doctor was built with. */
  static Needs ofTemplates() {
    try (InputStream file = Needs.class.getResourceAsStream(FILE)) {
      if (file != null && Json.read(file.readAllBytes()) instanceof JsonObject document) {
        return new Needs(document);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(FILE + " is broken", e);
    }
    throw new IllegalStateException(FILE + " is missing");
  }

  /** What a function of that kind needs there; empty for a kind that the templates don't have. */
  List<Need> of(String kind, Place place) {
    List<Need> needs = new ArrayList<>();
    for (JsonObject grant : objects(functions.array(kind))) {
      List<String> resources =
          texts(grant.array("resources")).stream()
              .flatMap(r -> place.resources(r).stream())
              .toList();
      for (Map<String, List<String>> context : contexts(object(grant, "context"), place)) {
        if (!resources.isEmpty()) {
          needs.add(
              new Need(
                  grant.text("sid", ""),
                  texts(grant.array("actions")),
                  resources,
                  context,
                  grant.flag("endpoint")));
        }
      }
    }
    return needs;
  }

  /**
   * How the ARNs end with which the API invokes the function that the template's parameter names.
   */
  List<String> invocations(String parameter) {
    return texts(invocations.array(parameter));
  }

  /** Every condition key that some statement asks for: a request has it where its need says so. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (JsonValue grants : functions.members().values()) {
      for (JsonObject grant : objects(grants instanceof JsonArray list ? list : null)) {
        keys.addAll(object(grant, "context").members().keySet());
      }
    }
    return keys;
  }

  /** One context for each value of a key that has one value a request. */
  private static List<Map<String, List<String>>> contexts(JsonObject keys, Place place) {
    List<Map<String, List<String>>> contexts = new ArrayList<>(List.of(Map.of()));
    for (String key : keys.members().keySet()) {
      JsonObject values = object(keys, key);
      List<List<String>> choices =
          values.has("allOf")
              ? List.of(texts(values.array("allOf")))
              : texts(values.array("anyOf")).stream().map(List::of).toList();
      contexts =
          contexts.stream()
              .flatMap(
                  context ->
                      choices.stream()
                          .map(
                              choice -> {
                                Map<String, List<String>> more = new LinkedHashMap<>(context);
                                more.put(key, choice.stream().map(place::filled).toList());
                                return more;
                              }))
              .toList();
    }
    return contexts;
  }

  private static JsonObject object(JsonObject parent, String name) {
    JsonObject found = parent.object(name);
    return found == null ? JsonObject.EMPTY : found;
  }

  private static List<JsonObject> objects(@Nullable JsonArray array) {
    return array == null
        ? List.of()
        : StreamSupport.stream(array.spliterator(), false).map(JsonObject.class::cast).toList();
  }

  private static List<String> texts(@Nullable JsonArray array) {
    return array == null
        ? List.of()
        : StreamSupport.stream(array.spliterator(), false)
            .map(value -> ((JsonString) value).value())
            .toList();
  }
}
