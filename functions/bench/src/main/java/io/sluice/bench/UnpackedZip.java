package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A zip as Lambda unpacks it. */
final class UnpackedZip {

  private UnpackedZip() {}

  /** Unpacks a zip into a new folder, which it returns; needs unzip. */
  static Path of(Path zip, Path to) throws IOException, InterruptedException {
    if (!Files.exists(zip)) {
      throw new IllegalStateException("there is no " + zip + ": run scripts/package");
    }
    ProcessBuilder unzip =
        new ProcessBuilder("unzip", "-q", zip.toString(), "-d", to.toString()).inheritIO();
    unzip.environment().put("TZ", "UTC");
    if (unzip.start().waitFor() != 0) {
      throw new IllegalStateException("can't unzip " + zip);
    }
    return to;
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
