package io.sluice.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkPinTest {

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void pin() throws IOException {
    file = folder.resolve("jdk.properties");
    Files.writeString(file, "version=25.0.3+9\nx86_64.sha256=\naarch64.sha256=\n");
  }

  private JdkBuild jdk(String version, String vendor, String architecture, String modules)
      throws IOException {
    Path home = Files.createTempDirectory(folder, "jdk");
    Files.createDirectory(home.resolve("bin"));
    Files.createDirectory(home.resolve("lib"));
    Files.writeString(home.resolve("bin/java"), "launcher");
    Files.writeString(home.resolve("lib/modules"), modules);
    Files.writeString(home.resolve("lib/libjava.so"), "native");
    Files.writeString(home.resolve("lib/src.zip"), modules + "'s sources");
    Files.writeString(
        home.resolve("release"),
        """
        IMPLEMENTOR="%s"
        JAVA_RUNTIME_VERSION="%s-LTS"
        OS_ARCH="%s"
        """
            .formatted(vendor, version, architecture));
    return JdkBuild.at(home);
  }

  private JdkBuild temurin(String modules) throws IOException {
    return jdk("25.0.3+9", "Eclipse Adoptium", "x86_64", modules);
  }

  @Test
  void givenAPinnedJdk_whenRequired_thenItIsTheOneInWhateverFolder() throws Exception {
    JdkPin.read(file).pin(temurin("modules"));

    assertThat(JdkPin.read(file).require(temurin("modules")))
        .isEqualTo(temurin("modules").sha256());
  }

  @Test
  void givenOtherClassesOfThatVersion_whenRequired_thenRefusedWithTheCommandThatPins()
      throws Exception {
    JdkPin.read(file).pin(temurin("modules"));

    assertThatThrownBy(() -> JdkPin.read(file).require(temurin("rebuilt")))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("not the pinned build")
        .hasMessageContaining("scripts/package --pin");
  }

  @Test
  void givenAnotherVersionOrBuilder_whenRequired_thenTheWantedOneIsNamed() throws Exception {
    JdkPin.read(file).pin(temurin("modules"));

    assertThatThrownBy(
            () ->
                JdkPin.read(file).require(jdk("25.0.4+7", "Eclipse Adoptium", "x86_64", "modules")))
        .hasMessageContaining("Temurin 25.0.3+9")
        .hasMessageContaining("25.0.4+7");
    assertThatThrownBy(
            () -> JdkPin.read(file).require(jdk("25.0.3+9", "Debian", "x86_64", "modules")))
        .hasMessageContaining("Debian");
  }

  @Test
  void givenNoChecksumForAnArchitecture_whenRequired_thenToldToPinThere() throws Exception {
    JdkPin.read(file).pin(temurin("modules"));

    assertThatThrownBy(
            () ->
                JdkPin.read(file)
                    .require(jdk("25.0.3+9", "Eclipse Adoptium", "aarch64", "modules")))
        .hasMessageContaining("no checksum for aarch64")
        .hasMessageContaining("scripts/package --pin");
  }

  @Test
  void givenAnotherArchitecture_whenPinned_thenThatOfTheSameVersionStays() throws Exception {
    JdkPin.read(file).pin(temurin("modules"));
    JdkPin both = JdkPin.read(file).pin(jdk("25.0.3+9", "Eclipse Adoptium", "aarch64", "arm"));
    assertThat(both.x8664()).isEqualTo(temurin("modules").sha256());
    assertThat(JdkPin.read(file)).isEqualTo(both);

    JdkPin next = JdkPin.read(file).pin(jdk("25.0.4+7", "Eclipse Adoptium", "x86_64", "new"));
    assertThat(next.aarch64()).isEmpty();
    assertThat(next.version()).isEqualTo("25.0.4+7");
  }

  @Test
  void givenAJdkThatCantBePinned_whenPinned_thenRefused() {
    assertThatThrownBy(() -> JdkPin.read(file).pin(jdk("25.0.3+9", "Debian", "x86_64", "m")))
        .hasMessageContaining("Only Eclipse Temurin");
    assertThatThrownBy(
            () -> JdkPin.read(file).pin(jdk("25.0.3+9", "Eclipse Adoptium", "riscv64", "m")))
        .hasMessageContaining("riscv64");
  }
}
