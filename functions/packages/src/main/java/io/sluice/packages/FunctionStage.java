package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A function as it is unpacked to {@code /var/task}: its jars under {@code lib}, the JVM's options
 * with the class path, the AOT cache and what the cache was made from.
 *
 * @param folder where it is laid out
 */
record FunctionStage(Path folder) {

  static final String OPTIONS = "java.options";
  static final String FINGERPRINT = "function.aot.sha256";

  /** How the layer is named in the fingerprint. */
  static final String LAYER = "lambda-runtime-layer.zip";

  /** The jar that lets the runtime tell a stale cache: made here, not by Maven. */
  static final String TRAINED_JARS = "lib/trained-jars.jar";

  /** Lays out jars and options. */
  static FunctionStage lay(Path folder, List<Path> jars, Path options) throws IOException {
    FunctionStage stage = new FunctionStage(Folders.empty(folder));
    Path lib = Files.createDirectory(folder.resolve("lib"));
    for (Path jar : jars) {
      Path to = lib.resolve(jar.getFileName());
      if (Files.exists(to)) {
        throw new PackageException("two jars are named " + jar.getFileName() + ": " + jars);
      }
      Files.copy(jar, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createFile(folder.resolve(TRAINED_JARS)); // its class is written once all others are here
    List<String> names = stage.jars();
    Files.writeString(
        folder.resolve(OPTIONS),
        Files.readString(options) + "-cp\n" + String.join(":", names) + "\n");
    return stage;
  }

  /** The jars, in the class path's order. */
  List<String> jars() throws IOException {
    try (var files = Files.list(folder.resolve("lib"))) {
      return files.map(jar -> "lib/" + jar.getFileName()).sorted().toList();
    }
  }

  /** What the cache depends on and the JVM doesn't check: jars, options, layer. */
  Fingerprint fingerprint(Path layerZip) throws IOException {
    Fingerprint fingerprint =
        Fingerprint.of(folder.resolve("lib"))
            .under("lib/")
            .with(OPTIONS, Sha256.of(folder.resolve(OPTIONS)))
            .with(LAYER, Sha256.of(layerZip));
    Path cache = folder.resolve(AotCache.FILE);
    return Files.exists(cache) ? fingerprint.with(AotCache.FILE, Sha256.of(cache)) : fingerprint;
  }

  /** Writes down what the cache, which is there now, was made from. */
  void seal(Fingerprint before) throws IOException {
    String cache = Sha256.of(folder.resolve(AotCache.FILE));
    Files.writeString(folder.resolve(FINGERPRINT), before.with(AotCache.FILE, cache).text());
  }

  /** Fails unless all is as it was when the cache was made. */
  void require(Path layerZip) throws IOException {
    Path sealed = folder.resolve(FINGERPRINT);
    if (!Files.exists(sealed) || !Files.exists(folder.resolve(AotCache.FILE))) {
      throw new PackageException(folder + " has no AOT cache or no " + FINGERPRINT);
    }
    List<String> changed =
        Fingerprint.read(Files.readString(sealed)).differences(fingerprint(layerZip));
    if (!changed.isEmpty()) {
      throw new PackageException(
          "the AOT cache in %s was not made from what lies beside it: %s changed. Pack again: scripts/package"
              .formatted(folder, String.join(", ", changed)));
    }
  }
}
