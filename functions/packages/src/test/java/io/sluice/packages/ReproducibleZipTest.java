package io.sluice.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducibleZipTest {

  @TempDir private Path folder;

  private Path files(String name, String... order) throws IOException {
    Path files = folder.resolve(name);
    Files.createDirectories(files.resolve("lib"));
    for (String file : order) {
      Files.writeString(files.resolve(file), "content of " + file);
    }
    Files.setPosixFilePermissions(
        files.resolve("bootstrap"), PosixFilePermissions.fromString("rwx--x--x"));
    return files;
  }

  @Test
  void givenTheSameFiles_whenPackedTwice_thenTheBytesAreTheSame() throws Exception {
    Path one = files("one", "bootstrap", "lib/b.jar", "lib/a.jar");
    Path two = files("two", "lib/a.jar", "bootstrap", "lib/b.jar");
    Files.setLastModifiedTime(two.resolve("bootstrap"), FileTime.from(Instant.EPOCH));
    Files.setPosixFilePermissions(
        two.resolve("lib/a.jar"), PosixFilePermissions.fromString("rw-------"));

    ReproducibleZip.pack(one, folder.resolve("one.zip"));
    ReproducibleZip.pack(two, folder.resolve("two.zip"));

    assertThat(folder.resolve("one.zip")).hasSameBinaryContentAs(folder.resolve("two.zip"));
  }

  @Test
  void givenAZip_whenReadByAnother_thenNamesTimesAndContentAreThere() throws Exception {
    Path files = files("one", "lib/b.jar", "bootstrap", "lib/a.jar");
    Files.createSymbolicLink(files.resolve("link"), files.resolve("bootstrap"));
    Path zip = folder.resolve("one.zip");
    ReproducibleZip.pack(files, zip);

    try (ZipFile read = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> entries = read.stream().toList();
      assertThat(entries.stream().map(ZipEntry::getName))
          .containsExactly("bootstrap", "lib/a.jar", "lib/b.jar", "link");
      for (ZipEntry entry : entries) {
        assertThat(entry.getTimeLocal()).isEqualTo(ReproducibleZip.TIME);
        assertThat(entry.getExtra()).isNull();
      }
      assertThat(new String(read.getInputStream(entries.get(3)).readAllBytes(), UTF_8))
          .isEqualTo("content of bootstrap");
    }
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  @Test
  void givenAZip_whenUnzipped_thenOnlyWhatWasExecutableIs() throws Exception {
    Path zip = folder.resolve("one.zip");
    ReproducibleZip.pack(files("one", "bootstrap", "lib/a.jar"), zip);
    Path out = Files.createDirectory(folder.resolve("out"));

    Unzipped.by(zip, out, "UTC", "022");

    assertThat(Files.getPosixFilePermissions(out.resolve("bootstrap")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(Files.getPosixFilePermissions(out.resolve("lib/a.jar")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(Files.getLastModifiedTime(out.resolve("lib/a.jar")).toInstant())
        .isEqualTo("2026-11-01T00:00:00Z");
  }
}
