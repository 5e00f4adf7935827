package io.sluice.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the JVM uses the function's AOT cache, and whether that cache is of the function's jars.
 * The JVM rejects a cache of another runtime image or of other flags and goes on without it; JDK
 * 25.0.3 does not compare the jars (JDK-8377932), so that this class does.
 */
final class AotCache {

  /** Set by the bootstrap: the cache's file, relative to the function's folder. */
  static final String FILE_PROPERTY = "sluice.aot.cache";

  /** A cache that is not used, and why. */
  record Unused(String state, String reason) {}

  private AotCache() {}

  /**
   * Why the JVM runs without the cache; {@code null} when it uses it or when nobody asked for one.
   */
  static @Nullable Unused unused() {
    return unused(System.getProperty(FILE_PROPERTY), System.getProperty("java.vm.info", ""));
  }

  /** The same for a JVM that describes itself so. */
  static @Nullable Unused unused(@Nullable String file, String description) {
    if (file == null || description.contains("sharing")) {
      return null;
    }
    return Files.exists(Path.of(file))
        ? new Unused("rejected", RejectionReason.ask())
        : new Unused("missing", file + " is not in the function's folder");
  }

  /** Whether the classes that run may be older than the jars. */
  static boolean stale() throws IOException {
    Object trained;
    try {
      trained = Class.forName(TrainedJarsWriter.CLASS).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      return false; // not packed: there is no cache that could be stale
    }
    return trained instanceof Supplier<?> fingerprint
        && !JarFingerprint.of(System.getProperty("java.class.path")).equals(fingerprint.get());
  }
}
