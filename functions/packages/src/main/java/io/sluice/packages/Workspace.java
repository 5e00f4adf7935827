package io.sluice.packages;

import java.nio.file.Path;

/**
 * Where things lie in the project.
 *
 * @param root the project's folder
 */
record Workspace(Path root) {

  /** The sources of what the layer holds beside the runtime. */
  Path layerSource() {
    return root.resolve("functions/lambda-runtime/src/main/layer");
  }

  /** The layer as it is unpacked to {@code /opt}. */
  Path layer() {
    return target("lambda-runtime").resolve("layer");
  }

  Path layerZip() {
    return target("lambda-runtime").resolve("lambda-runtime-layer.zip");
  }

  /** Where a module's build puts its results. */
  Path target(String module) {
    return root.resolve("functions").resolve(module).resolve("target");
  }

  Path zip(String function) {
    return target(function).resolve(function + ".zip");
  }

  /** The bill of materials beside a zip. */
  static Path bill(Path zip) {
    return zip.resolveSibling(zip.getFileName().toString().replaceFirst("\\.zip$", ".cdx.json"));
  }

  /** What a zip was made of, so that it isn't made again of the same. */
  static Path inputs(Path zip) {
    return zip.resolveSibling(zip.getFileName() + ".inputs");
  }
}
