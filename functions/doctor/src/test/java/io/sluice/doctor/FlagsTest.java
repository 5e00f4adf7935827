package io.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagsTest {

  @TempDir private Path directory;

  @Test
  void givenHelpAndVersion_whenAsked_thenShown() throws Exception {
    assertThat(Outcome.of(Map.of(), "--help").out()).contains("--token-file", "Exit code 0");
    assertThat(Outcome.of(Map.of(), "--version").code()).isZero();
  }

  @Test
  void givenNothingToCheck_whenStarted_thenSaysSo() throws Exception {
    Outcome outcome = Outcome.of(Map.of());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--url").contains("--stack").hasLineCount(1);
  }

  @Test
  void givenWrongFlags_whenStarted_thenTheFlagIsNamed() throws Exception {
    Path junk = Files.writeString(directory.resolve("junk"), "junk");
    assertThat(Outcome.of(Map.of(), "--nothing").err()).contains("--nothing");
    assertThat(Outcome.of(Map.of(), "--url=http://a", "--token-file=/none").err())
        .contains("--token-file", "/none");
    assertThat(Outcome.of(Map.of(), "--url=http://a", "--ca-bundle=" + junk).err())
        .contains("CA bundle");
    assertThat(Outcome.of(Map.of("SSL_CERT_FILE", junk.toString()), "--url=http://a").err())
        .contains("CA bundle");
    assertThat(Outcome.of(Map.of(), "--url=http://a", "--gitlab-url=here").err()).contains("here");
  }

  @Test
  void givenPortThatIsClosed_whenExamined_thenOneFindingAndTheRestUnchecked() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    Outcome outcome = Outcome.of(Map.of(), "--url", url, "--gitlab-url", url, "--json");
    assertThat(outcome.codes()).containsOnly("DR-120", "DR-150");
    assertThat(outcome.details("unchecked")).anyMatch(d -> d.startsWith("Health routes: no conn"));
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void givenUrlWithoutHost_whenExamined_thenOnlyThatIsFound() throws Exception {
    Outcome outcome = Outcome.of(Map.of(), "--url", "llm", "--json");
    assertThat(outcome.codes()).containsExactly("DR-101");
  }
}
