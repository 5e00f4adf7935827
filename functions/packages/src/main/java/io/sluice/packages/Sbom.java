package io.sluice.packages;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A CycloneDX bill of materials. Immutable.
 *
 * @param document as the CycloneDX plugin writes it, in JSON
 */
record Sbom(JsonObject document) {

  static Sbom read(Path file) throws IOException {
    try {
      if (Json.read(Files.readAllBytes(file)) instanceof JsonObject document) {
        return new Sbom(document);
      }
    } catch (JsonSyntaxException e) {
      throw new PackageException(file + " is not JSON", e);
    }
    throw new PackageException(file + " is not a bill of materials");
  }

  /** The SHA-256 of every component that has one, its name and version by hash. */
  Map<String, String> components() {
    Map<String, String> found = new HashMap<>();
    JsonArray components = document.array("components");
    for (JsonValue component : components == null ? List.<JsonValue>of() : components) {
      add(component, found);
    }
    JsonObject metadata = document.object("metadata");
    JsonObject own = metadata == null ? null : metadata.object("component");
    if (own != null) {
      add(own, found);
    }
    return Map.copyOf(found);
  }

  private static void add(JsonValue value, Map<String, String> found) {
    if (!(value instanceof JsonObject component)) {
      return;
    }
    JsonArray hashes = component.array("hashes");
    for (JsonValue hash : hashes == null ? List.<JsonValue>of() : hashes) {
      if (hash instanceof JsonObject object && object.text("alg", "").equals("SHA-256")) {
        found.put(
            object.text("content", ""),
            component.text("name", "") + " " + component.text("version", ""));
      }
    }
  }

  /** The same with the hash of the thing that it describes, which the plugin leaves out. */
  Sbom describing(String sha256) {
    JsonObject metadata = document.object("metadata");
    JsonObject own = metadata == null ? null : metadata.object("component");
    if (metadata == null || own == null) {
      throw new PackageException("the bill of materials names nothing that it describes");
    }
    JsonObject hashed =
        JsonObject.builder().putAll(own).put("hashes", JsonArray.of(List.of(hash(sha256)))).build();
    return new Sbom(
        JsonObject.builder()
            .putAll(document)
            .put("metadata", JsonObject.builder().putAll(metadata).put("component", hashed).build())
            .build());
  }

  /** The same with a file more. */
  Sbom with(String name, String sha256) {
    List<JsonValue> all = new ArrayList<>();
    JsonArray components = document.array("components");
    if (components != null) {
      components.forEach(all::add);
    }
    all.add(file(name, sha256));
    return new Sbom(
        JsonObject.builder().putAll(document).put("components", new JsonArray(all)).build());
  }

  /** A file as a component. */
  static JsonObject file(String name, String sha256) {
    return JsonObject.builder()
        .put("type", "file")
        .put("bom-ref", "file:" + name)
        .put("name", name)
        .put("hashes", JsonArray.of(List.of(hash(sha256))))
        .build();
  }

  private static JsonObject hash(String sha256) {
    return JsonObject.builder().put("alg", "SHA-256").put("content", sha256).build();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, Json.text(document) + "\n");
  }
}
