package io.sluice.stack.mini;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/** A project of three small functions, packed as ours are, and its template. */
public final class MiniProject {

  private MiniProject() {}

  /** Makes it in that folder. */
  public static void make(Path folder) throws IOException, InterruptedException {
    Path templates = Files.createDirectories(folder.resolve("target/templates"));
    try (InputStream template = resource("/mini/template.json")) {
      Files.copy(template, templates.resolve("template.json"));
    }
    Path layer = Files.createDirectories(folder.resolve("layer"));
    Path bootstrap = layer.resolve("bootstrap");
    Files.writeString(
        bootstrap,
        "#!/bin/sh\nexec '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' io.sluice.lambda.LambdaRuntime\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    pack(layer, folder.resolve("layer.zip"));
    Path front = Files.createDirectories(folder.resolve("front"));
    Files.writeString(front.resolve("readme"), "the code is on the bootstrap's class path");
    pack(front, folder.resolve("front.zip"));
    Path worker = Files.createDirectories(folder.resolve("worker/io/sluice/stack/mini"));
    try (InputStream code = resource("/io/sluice/stack/mini/WorkerFunction.class")) {
      Files.copy(code, worker.resolve("WorkerFunction.class"));
    }
    pack(folder.resolve("worker"), folder.resolve("worker.zip"));
    Path client = Path.of("target/managed-runtime").toAbsolutePath();
    Files.createDirectories(folder.resolve("functions/stack/target"));
    Files.createSymbolicLink(folder.resolve("functions/stack/target/managed-runtime"), client);
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(MiniProject.class.getResourceAsStream(name), name);
  }

  private static void pack(Path folder, Path zip) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("zip", "-q", "-r", zip.toString(), "."))
            .directory(folder.toFile())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("zip failed");
    }
  }
}
