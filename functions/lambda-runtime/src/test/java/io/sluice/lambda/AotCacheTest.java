package io.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

  @TempDir private Path folder;

  @Test
  void givenAClassPath_whenAByteOfAJarChanges_thenSoDoesTheFingerprint() throws Exception {
    Path a = jar("a.jar", "one");
    Path b = jar("b.jar", "two");
    String before = JarFingerprint.of(path(a, b));

    Files.setLastModifiedTime(a, FileTime.fromMillis(0));
    assertThat(JarFingerprint.of(path(a, b))).isEqualTo(before);
    assertThat(JarFingerprint.of(path(a, b) + ":" + TrainedJarsWriter.JAR)).isEqualTo(before);
    assertThat(JarFingerprint.of(path(b, a))).isNotEqualTo(before);
    jar("b.jar", "twp");
    assertThat(JarFingerprint.of(path(a, b))).isNotEqualTo(before);
  }

  @Test
  void givenAFileThatIsNoJar_whenItChanges_thenSoDoesTheFingerprint() throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "");
    String empty = JarFingerprint.of(path(file));
    Files.writeString(file, "longer than the end of a central directory");
    String longer = JarFingerprint.of(path(file));

    Files.writeString(file, "longer than the end of a central Directory");
    assertThat(List.of(empty, longer, JarFingerprint.of(path(file)))).doesNotHaveDuplicates();
  }

  @Test
  void givenAMissingJar_whenSummed_thenItIsAnError() {
    assertThatThrownBy(() -> JarFingerprint.of(path(folder.resolve("none.jar"))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givenJars_whenTheirFingerprintIsPacked_thenAClassTellsIt() throws Exception {
    Path jar = jar("a.jar", "one");
    byte[] made = TrainedJarsWriter.jarOf(path(jar));
    Path trained = Files.write(folder.resolve("trained.jar"), made);

    assertThat(TrainedJarsWriter.jarOf(path(jar))).isEqualTo(made);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {trained.toUri().toURL()}, null)) {
      Object told =
          loader.loadClass(TrainedJarsWriter.CLASS).getDeclaredConstructor().newInstance();
      assertThat(((Supplier<?>) told).get()).isEqualTo(JarFingerprint.of(path(jar)));
    }
  }

  @Test
  void givenNoPackedFingerprint_whenAsked_thenNothingIsStale() throws Exception {
    assertThat(AotCache.stale()).isFalse();
  }

  @Test
  void givenAJvmThatUsesItsCache_whenAsked_thenThereIsNothingToTell() {
    assertThat(AotCache.unused("function.aot", "mixed mode, sharing")).isNull();
    assertThat(AotCache.unused(null, "mixed mode")).isNull();
  }

  @Test
  void givenNoCache_whenAsked_thenItIsMissing() {
    assertThat(AotCache.unused(folder.resolve("function.aot").toString(), "mixed mode"))
        .extracting("state")
        .isEqualTo("missing");
  }

  @Test
  void givenACacheThatTheJvmDoesNotUse_whenAsked_thenItIsRejectedWithAReason() throws Exception {
    Path cache = Files.writeString(folder.resolve("function.aot"), "no cache");
    AotCache.Unused unused = AotCache.unused(cache.toString(), "mixed mode");

    ByteArrayOutputStream log = new ByteArrayOutputStream();
    new RuntimeLog(new PrintStream(log, true, StandardCharsets.US_ASCII))
        .unusedCache(java.util.Objects.requireNonNull(unused));
    assertThat(log.toString(StandardCharsets.US_ASCII))
        .contains("\"level\":\"warning\"")
        .contains("\"aot_cache\":\"rejected\",\"reason\":\"");
  }

  @Test
  void givenWhatAJvmPrints_whenItRefusesACache_thenOnlyWhatIsSpecificIsTold() {
    assertThat(
            RejectionReason.reason(
                """
                The AOT cache has been truncated.
                An error has occurred while processing the AOT cache. Run with -Xlog:aot for details.
                Loading static archive failed.
                Unable to map shared spaces
                Error occurred during initialization of VM
                Unable to use AOT cache.
                """))
        .isEqualTo("The AOT cache has been truncated.");
    assertThat(RejectionReason.reason("\n")).isEqualTo("the JVM does not say why");
  }

  @Test
  void givenTheCommandOfThisJvm_whenAskedForTheReason_thenOnlyMainClassAndModeDiffer() {
    assertThat(
            RejectionReason.command(
                "/opt/java/bin/java\0-XX:AOTCache=function.aot\0io.sluice.lambda.LambdaRuntime\0"))
        .containsExactly(
            "/opt/java/bin/java",
            "-XX:AOTCache=function.aot",
            "-XX:AOTMode=on",
            "-Xlog:aot*=warning:stdout:none",
            "-version");
  }

  @Test
  void givenAProgram_whenStartedFromItsJars_thenItsClassesAreReadAnew() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      JarLoader.start(System.getProperty("java.class.path"), Program.class.getName(), args());
      assertThat(System.getProperty("sluice.test.loader")).contains("URLClassLoader");
      assertThatThrownBy(
              () -> JarLoader.start(System.getProperty("java.class.path"), "no.Such", args()))
          .hasMessageContaining("could not be started");
      assertThatThrownBy(
              () ->
                  JarLoader.start(
                      System.getProperty("java.class.path"),
                      Program.class.getName(),
                      new String[] {"fail"}))
          .hasRootCauseMessage("failed as told");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      System.clearProperty("sluice.test.loader");
    }
  }

  /** A program that tells who loaded it. */
  public static final class Program {
    private Program() {}

    /** Fails when it has an argument. */
    public static void main(String[] arguments) {
      if (arguments.length > 0) {
        throw new IllegalStateException("failed as told");
      }
      System.setProperty("sluice.test.loader", Program.class.getClassLoader().toString());
    }
  }

  private static String[] args() {
    return new String[0];
  }

  private static String path(Path... jars) {
    return String.join(
        File.pathSeparator, java.util.Arrays.stream(jars).map(Path::toString).toList());
  }

  private Path jar(String name, String content) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      ZipEntry entry = new ZipEntry("content");
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
