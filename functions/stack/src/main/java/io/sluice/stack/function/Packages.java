package io.sluice.stack.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Unpacks packages as Lambda does, each once. Thread-safe. */
final class Packages {

  private final Path folder;
  private int count;

  Packages(Path folder) {
    this.folder = folder;
  }

  /** Unpacks them over each other, in their order, into a new folder. */
  synchronized Path unpack(String name, List<Path> zips) throws IOException {
    Path to = Files.createDirectories(folder.resolve(name + "-" + count++));
    for (Path zip : zips) {
      if (!Files.isRegularFile(zip)) {
        throw new IOException(zip + " is not there: package the functions first");
      }
      ProcessBuilder unzip =
          new ProcessBuilder("unzip", "-q", "-o", zip.toString(), "-d", to.toString())
              .redirectErrorStream(true);
      unzip.environment().put("TZ", "UTC");
      Process process = unzip.start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      try {
        if (process.waitFor() != 0) {
          throw new IOException("unzip of " + zip + ": " + said);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    return to;
  }
}
