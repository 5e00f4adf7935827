package io.sluice.packages;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The layer's bill of materials: the JDK that was linked, and every file.
 *
 * @param jdk what was linked
 */
record LayerBill(JdkBuild jdk) {

  void write(Path layer, Path file) throws IOException {
    Map<String, String> files = Fingerprint.of(layer).hashes();
    List<JsonValue> components = new ArrayList<>();
    components.add(runtime());
    files.forEach((name, hash) -> components.add(Sbom.file(name, hash)));
    String serial =
        UUID.nameUUIDFromBytes(new Fingerprint(files).text().getBytes(StandardCharsets.UTF_8))
            .toString();
    new Sbom(
            JsonObject.builder()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.6")
                .put("serialNumber", "urn:uuid:" + serial)
                .put("version", 1)
                .put("metadata", JsonObject.of(Map.of("component", described())))
                .put("components", new JsonArray(components))
                .build())
        .write(file);
  }

  private static JsonObject described() {
    return JsonObject.builder()
        .put("type", "platform")
        .put("bom-ref", "lambda-runtime-layer")
        .put("name", "lambda-runtime-layer")
        .build();
  }

  private JsonObject runtime() throws IOException {
    String version = jdk.version();
    return JsonObject.builder()
        .put("type", "platform")
        .put("bom-ref", "temurin")
        .put("publisher", jdk.implementor())
        .put("name", "temurin")
        .put("version", version)
        .put("description", "linked modules: " + String.join(", ", Layer.MODULES))
        .put("licenses", List.of(Map.of("expression", "GPL-2.0-only WITH Classpath-exception-2.0")))
        .put("cpe", "cpe:2.3:a:eclipse:temurin:" + version.replace("+", "\\+") + ":*:*:*:*:*:*:*")
        .put(
            "purl",
            "pkg:generic/temurin@" + version.replace("+", "%2B") + "?arch=" + jdk.architecture())
        .put(
            "properties",
            List.of(
                Map.of(
                    "name",
                    "sluice:build",
                    "value",
                    Files.readString(jdk.home().resolve("release")).strip())))
        .build();
  }
}
