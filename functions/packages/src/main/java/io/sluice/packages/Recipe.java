package io.sluice.packages;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How things are packed, as a hash: it changes when this program does. */
final class Recipe {

  private Recipe() {}

  static String sha256() throws IOException {
    return sha256(Recipe.class);
  }

  /** The hash of the jar or the folder that a class comes from. */
  static String sha256(Class<?> type) throws IOException {
    try {
      Path code = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isDirectory(code) ? Sha256.of(Fingerprint.of(code).text()) : Sha256.of(code);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class comes from a file", e);
    }
  }
}
