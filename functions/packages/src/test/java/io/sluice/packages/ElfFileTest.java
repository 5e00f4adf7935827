package io.sluice.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {

  private static final Path JDK = Path.of(System.getProperty("java.home"));

  private static byte[] jdk(String name) throws IOException {
    return Files.readAllBytes(JDK.resolve(name));
  }

  @Test
  void givenLibrariesOfTheJdk_whenRead_thenTheirNeedsAreThoseThatTheyAreKnownToHave()
      throws Exception {
    ElfFile jvm = ElfFile.read(jdk("lib/server/libjvm.so"));
    assertThat(jvm.needed()).contains("libc.so.6", "libm.so.6");
    assertThat(jvm.versions()).anyMatch(version -> version.startsWith("GLIBC_2."));
    assertThat(ElfFile.read(jdk("lib/libnio.so")).needed()).contains("libjava.so", "libnet.so");
  }

  @Test
  void givenNoSuchFile_whenRead_thenRefused() throws Exception {
    byte[] big = jdk("lib/libnio.so");
    big[5] = 2; // the highest byte first
    assertThat(ElfFile.is("#!/bin/sh".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .isFalse();
    assertThatThrownBy(() -> ElfFile.read(big)).isInstanceOf(PackageException.class);
    assertThatThrownBy(() -> ElfFile.read(new byte[100])).isInstanceOf(PackageException.class);
  }

  @Test
  void givenNeedsThatAl2023Lacks_whenJudged_thenEachIsNamed() {
    NativeFiles files =
        new NativeFiles(
            Map.of(
                "lib/libgood.so",
                new ElfFile(List.of("libc.so.6", "libown.so"), Set.of("GLIBC_2.34", "GLIBC_2.2.5")),
                "lib/libown.so",
                new ElfFile(List.of(), Set.of("GLIBC_PRIVATE")),
                "lib/a.jar!libbad.so",
                new ElfFile(List.of("libssl.so.3"), Set.of("GLIBC_2.38"))));

    assertThat(files.faults())
        .containsExactly(
            "lib/a.jar!libbad.so needs libssl.so.3, which AL2023's image may lack",
            "lib/a.jar!libbad.so needs GLIBC_2.38; AL2023 has glibc 2.34");
  }

  @Test
  void givenAZipWithAJar_whenRead_thenNativeFilesInTheJarCountToo(@TempDir Path folder)
      throws Exception {
    Path jar = folder.resolve("a.jar");
    zip(jar, "native/libnio.so", jdk("lib/libnio.so"));
    Path zip = folder.resolve("a.zip");
    zip(zip, "lib/a.jar", Files.readAllBytes(jar));

    NativeFiles files = NativeFiles.of(new PackedZip(zip));

    assertThat(files.files()).containsOnlyKeys("lib/a.jar!native/libnio.so");
    assertThat(files.faults()).isNotEmpty(); // libjava.so is not beside it
  }

  private static void zip(Path zip, String name, byte[] content) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
    }
  }
}
