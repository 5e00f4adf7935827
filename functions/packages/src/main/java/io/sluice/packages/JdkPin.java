package io.sluice.packages;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Which build of the JDK the layer is linked from: the file {@code jdk.properties} beside the
 * bootstrap. Immutable.
 *
 * @param file where it is written down
 * @param version such as {@code 25.0.3+9}
 * @param x8664 the {@link JdkBuild#sha256()} on x86_64; empty where none is pinned yet
 * @param aarch64 the same on aarch64
 */
record JdkPin(Path file, String version, String x8664, String aarch64) {

  private static final String IMPLEMENTOR = "Eclipse Adoptium";

  static JdkPin read(Path file) throws IOException {
    Properties pin = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      pin.load(in);
    }
    return new JdkPin(
        file,
        pin.getProperty("version", ""),
        pin.getProperty("x86_64.sha256", ""),
        pin.getProperty("aarch64.sha256", ""));
  }

  /** The SHA-256 that is pinned for that architecture; empty for none. */
  String sha256(String architecture) {
    return switch (architecture) {
      case "x86_64" -> x8664;
      case "aarch64" -> aarch64;
      default ->
          throw new PackageException(
              "Lambda runs on x86_64 and aarch64; this JDK is one for " + architecture);
    };
  }

  /**
   * Fails unless that JDK is the pinned one.
   *
   * @return its SHA-256
   */
  String require(JdkBuild jdk) throws IOException {
    String pinned = sha256(jdk.architecture());
    if (!jdk.implementor().equals(IMPLEMENTOR) || !jdk.version().equals(version)) {
      throw new PackageException(
          "The layer is linked from Temurin %s, but this is %s. Install that JDK and set JAVA_HOME to it, or pin this one: scripts/package --pin"
              .formatted(version, jdk));
    }
    if (pinned.isEmpty()) {
      throw new PackageException(
          "%s has no checksum for %s yet. If %s is the one that you trust, pin it: scripts/package --pin"
              .formatted(file, jdk.architecture(), jdk));
    }
    String found = jdk.sha256();
    if (!found.equals(pinned)) {
      throw new PackageException(
          "%s is not the pinned build: its checksum is %s, not %s. Install Eclipse Temurin anew, or pin it: scripts/package --pin"
              .formatted(jdk, found, pinned));
    }
    return found;
  }

  /** Writes down that JDK; what was pinned of another version for other architectures goes. */
  JdkPin pin(JdkBuild jdk) throws IOException {
    if (!jdk.implementor().equals(IMPLEMENTOR)) {
      throw new PackageException("Only Eclipse Temurin can be pinned; this is " + jdk);
    }
    sha256(jdk.architecture()); // an architecture that Lambda has
    boolean same = jdk.version().equals(version);
    String found = jdk.sha256();
    JdkPin pin =
        new JdkPin(
            file,
            jdk.version(),
            jdk.architecture().equals("x86_64") ? found : same ? x8664 : "",
            jdk.architecture().equals("aarch64") ? found : same ? aarch64 : "");
    Files.writeString(file, pin.text());
    return pin;
  }

  private String text() {
    return """
    # The Eclipse Temurin that the layer is linked from, and the SHA-256 over its modules, launcher and libraries
    # (io.sluice.packages.JdkBuild). An empty checksum: not pinned yet. Written by `scripts/package --pin`, run with
    # the new JDK, once on a machine of each architecture that is deployed.
    version=%s
    x86_64.sha256=%s
    aarch64.sha256=%s
    """
        .formatted(version, x8664, aarch64);
  }
}
