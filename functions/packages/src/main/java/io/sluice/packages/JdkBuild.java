package io.sluice.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JDK that a runtime can be linked from.
 *
 * @param home its folder
 * @param version such as {@code 25.0.3+9}
 * @param implementor who built it
 * @param architecture {@code x86_64} or {@code aarch64}
 */
record JdkBuild(Path home, String version, String implementor, String architecture) {

  /** The JDK that runs this. */
  static JdkBuild running() throws IOException {
    return at(Path.of(System.getProperty("java.home")));
  }

  /** The JDK in that folder. */
  static JdkBuild at(Path home) throws IOException {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    }
    return new JdkBuild(
        home,
        text(release, "JAVA_RUNTIME_VERSION").replaceFirst("-LTS$", ""),
        text(release, "IMPLEMENTOR"),
        text(release, "OS_ARCH"));
  }

  private static String text(Properties release, String name) {
    return release.getProperty(name, "").replace("\"", "");
  }

  /**
   * The SHA-256 of its classes and native code: the modules, the launcher, and every library. Left
   * out are the certificate authorities, which distributions replace by their own.
   */
  String sha256() throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (var files = Files.walk(home.resolve("lib"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = home.relativize(file).toString();
        if (name.equals("lib/modules") || name.endsWith(".so")) {
          hashes.put(name, Sha256.of(file));
        }
      }
    }
    hashes.put("bin/java", Sha256.of(home.resolve("bin/java")));
    return Sha256.of(new Fingerprint(hashes).text());
  }

  @Override
  public String toString() {
    return "%s %s for %s (%s)".formatted(implementor, version, architecture, home);
  }
}
