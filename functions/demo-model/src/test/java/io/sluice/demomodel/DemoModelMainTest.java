package io.sluice.demomodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoModelMainTest {

  @TempDir Path folder;

  @Test
  void givenNoWeights_whenStarted_thenItSaysHowToGetThem() throws Exception {
    try (DemoModelProcess demo = new DemoModelProcess("--model", "missing.gguf")) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.errors()).contains("missing.gguf").contains("scripts/demo-model");
    }
  }

  @Test
  void givenATakenPort_whenStarted_thenItNamesThePort() throws Exception {
    Path file = Files.writeString(folder.resolve("Tiny.GGUF"), "x");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DemoModelProcess demo =
            new DemoModelProcess(
                "--model",
                file.toString(),
                "--port",
                "" + taken.getLocalPort(),
                "--data-dir",
                folder.toString())) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.errors()).contains("127.0.0.1:" + taken.getLocalPort());
    }
    assertThat(folder).isDirectoryNotContaining("glob:**/native*");
  }

  @Test
  void givenUnusableArguments_whenStarted_thenItFailsWithACode() throws Exception {
    Path file = Files.writeString(folder.resolve("tiny.gguf"), "x");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(DemoModelMain.start("--model", "missing.gguf")).isEqualTo(1);
      assertThat(
              DemoModelMain.start("--model", file.toString(), "--port", "" + taken.getLocalPort()))
          .isEqualTo(1);
    }
    assertThat(DemoModelMain.start("--nonsense")).isEqualTo(2);
  }

  @Test
  void givenAFile_whenNamed_thenTheModelHasItsNameWithoutSuffix() {
    assertThat(DemoModelMain.name(Path.of("/x/Tiny.Q4.GGUF"))).isEqualTo("tiny.q4");
    assertThat(DemoModelMain.name(Path.of("/x/model"))).isEqualTo("model");
  }
}
