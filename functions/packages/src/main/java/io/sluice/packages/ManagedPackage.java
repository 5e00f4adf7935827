package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The zip of a function on AWS's own Java runtime, which the module's build makes.
 *
 * @param workspace where it is made
 * @param function the module's name
 */
record ManagedPackage(Workspace workspace, String function) {

  /** Puts its bill of materials beside the zip. */
  void bill() throws IOException {
    Path target = workspace.target(function);
    Path raw = target.resolve("bom.json");
    if (!Files.exists(raw)) {
      throw new PackageException(raw + " is missing: build first, not with -o (./mvnw package)");
    }
    Sbom.read(raw)
        .describing(Sha256.of(target.resolve(function + ".jar")))
        .write(Workspace.bill(workspace.zip(function)));
  }
}
