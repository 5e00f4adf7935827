package io.sluice.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The layer that all request-path functions share: a Java runtime linked from the pinned JDK, and
 * the bootstrap that Lambda starts.
 *
 * @param workspace where it is made
 * @param jdk what is linked
 */
record Layer(Workspace workspace, JdkBuild jdk) {

  /**
   * What jdeps finds that the functions need; TLS and elliptic curves are in java.base since JDK
   * 22, and Lucene's classes need java.logging to be loaded.
   */
  static final List<String> MODULES = List.of("java.base", "java.logging");

  /**
   * What jdeps finds besides, and libraries do without: Lucene's search by vectors, which nothing
   * here asks for, looks for it.
   */
  static final List<String> DISPENSABLE = List.of("jdk.incubator.vector");

  private static final List<String> LINK =
      List.of(
          "--add-modules",
          String.join(",", MODULES),
          "--strip-java-debug-attributes",
          "--no-header-files",
          "--no-man-pages",
          "--compress",
          "zip-0", // what is not packed needs no unpacking at each start; the zip packs it
          "--exclude-files",
          "/java.base/bin/keytool,/java.base/lib/jexec,/java.base/lib/classlist,**/jrt-fs.jar");

  /** Makes layer and zip unless they are there, made of the same. */
  void pack(JdkPin pin) throws IOException, InterruptedException {
    Path bootstrap = workspace.layerSource().resolve("bootstrap");
    Inputs inputs =
        new Inputs(
            workspace.layerZip(),
            new Fingerprint(Map.of())
                .with("jdk", pin.require(jdk))
                .with("certificates", Sha256.of(jdk.home().resolve("lib/security/cacerts")))
                .with("bootstrap", Sha256.of(bootstrap))
                .with("packer", Recipe.sha256())
                .with("options", Sha256.of(String.join(" ", LINK))));
    if (inputs.unchanged() && Files.isDirectory(workspace.layer())) {
      Progress.say("the layer is as it was");
      return;
    }
    Progress.say("linking the runtime from " + jdk);
    link(Folders.empty(workspace.layer()).resolve("java"));
    Path target = workspace.layer().resolve("bootstrap");
    Files.copy(bootstrap, target, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    ReproducibleZip.setTimes(workspace.layer());
    ReproducibleZip.pack(workspace.layer(), workspace.layerZip());
    new LayerBill(jdk).write(workspace.layer(), Workspace.bill(workspace.layerZip()));
    inputs.written();
  }

  /** In a JVM of its own: within one that has done other work, jlink's result may differ. */
  private void link(Path to) throws IOException, InterruptedException {
    Path jlink = jdk.home().resolve("bin/jlink");
    if (!Files.exists(jlink)) {
      throw new PackageException(jdk + " has no jlink: it is not a whole JDK");
    }
    List<String> command = new ArrayList<>(List.of(jlink.toString()));
    command.addAll(LINK);
    command.addAll(List.of("--output", to.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new PackageException("jlink failed: " + output);
    }
  }
}
