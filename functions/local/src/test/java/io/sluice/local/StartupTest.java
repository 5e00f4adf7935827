package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.log.JsonLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who gave a wrong flag: one line, and exit code 2. */
class StartupTest {

  private static final String GITLAB = "--gitlab-url=http://127.0.0.1:1";

  /** A process that says nothing and is never ended. */
  private static final class Still implements Surroundings {
    @Override
    public JsonLog log(Settings settings, Clock clock) {
      return (level, logger, message, fields) -> {};
    }

    @Override
    public void awaitEnd() {
      throw new AssertionError("the gateway has started");
    }
  }

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void dataDirectory() {
    environment.put("SLUICE_DATA_DIR", directory.resolve("data").toString());
  }

  private String refused(String... arguments) throws InterruptedException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = LocalMain.run(arguments, environment, new Still(), print(out), print(err));
    String message = err.toString(StandardCharsets.UTF_8);
    assertThat(code).as(message).isEqualTo(2);
    assertThat(message.lines()).hasSize(1);
    assertThat(message).startsWith("sluice: ").doesNotContain("Exception");
    return message;
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void givenHelp_whenAsked_thenEveryFlagAndItsVariable() throws InterruptedException {
    assertThat(
            LocalMain.run(
                new String[] {"--help"}, environment, new Still(), print(out), print(out)))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "--host",
            "--port",
            "--tls-cert",
            "--tls-key",
            "--gitlab-url",
            "--allow-endpoint",
            "--model-endpoint",
            "--model-name",
            "--model-key-env",
            "--config",
            "--secret",
            "--dynamodb",
            "--docs-index",
            "--signing-key",
            "--data-dir",
            "--[no-]demo",
            "--demo-model",
            "SLUICE_PORT");
    assertThat(
            LocalMain.run(
                new String[] {"--version"}, environment, new Still(), print(out), print(out)))
        .isZero();
  }

  @Test
  void givenNoGitLab_whenStarted_thenSaysSo() throws InterruptedException {
    assertThat(refused("--no-demo")).contains("--gitlab-url").contains("--demo");
    assertThat(refused()).contains("--gitlab-url");
  }

  @Test
  void givenUnknownFlag_whenStarted_thenNamed() throws InterruptedException {
    assertThat(refused("--prot", "1")).contains("--prot").contains("--help");
    assertThat(refused("--port", "x", GITLAB)).contains("--port");
    assertThat(refused("--port", "70000", GITLAB)).contains("--port");
  }

  @Test
  void givenUnusableUrls_whenStarted_thenFlagIsNamed() throws InterruptedException {
    assertThat(refused("--gitlab-url", "gitlab.example")).contains("--gitlab-url");
    assertThat(refused("--gitlab-url", "ftp://gitlab.example")).contains("--gitlab-url");
    assertThat(refused("--gitlab-url", "http://a b")).contains("--gitlab-url");
    assertThat(refused(GITLAB, GITLAB)).contains("--gitlab-url");
    assertThat(refused(GITLAB, "--allow-endpoint", "x:y")).contains("--allow-endpoint");
    assertThat(refused(GITLAB, "--model-endpoint", "x:y", "--model-name", "m"))
        .contains("--model-endpoint");
    assertThat(refused(GITLAB, "--dynamodb", "here")).contains("--dynamodb");
    assertThat(refused(GITLAB, "--dynamodb", "a b")).contains("--dynamodb");
  }

  @Test
  void givenHalfAModel_whenStarted_thenOtherHalfIsNamed() throws InterruptedException {
    assertThat(refused(GITLAB, "--model-name", "m")).contains("--model-endpoint");
    assertThat(refused(GITLAB, "--model-endpoint", "http://a/v1")).contains("--model-name");
    assertThat(
            refused(
                GITLAB, "--model-endpoint=http://a/v1", "--model-name=m", "--model-key-env=NONE"))
        .contains("--model-key-env")
        .contains("NONE");
  }

  @Test
  void givenUnreadableFiles_whenStarted_thenFlagAndFileAreNamed() throws Exception {
    Path none = directory.resolve("none");
    Path junk = Files.writeString(directory.resolve("junk"), "junk");
    assertThat(refused(GITLAB, "--config", none.toString())).contains("--config", "none");
    assertThat(refused(GITLAB, "--docs-index", none.toString())).contains("--docs-index", "none");
    assertThat(refused(GITLAB, "--docs-index", junk.toString()))
        .contains("--docs-index", "it holds no index of scripts/docs-index");
    assertThat(refused(GITLAB, "--demo-model", none.toString())).contains("--demo-model");
    assertThat(refused(GITLAB, "--tls-cert", none.toString())).contains("--tls-key");
    assertThat(refused(GITLAB, "--tls-cert", none.toString(), "--tls-key", none.toString()))
        .contains("--tls-cert", "none");
    assertThat(refused(GITLAB, "--tls-cert", junk.toString(), "--tls-key", junk.toString()))
        .contains("--tls-cert");
    assertThat(refused(GITLAB, "--signing-key", none.toString())).contains("--signing-key");
    assertThat(refused(GITLAB, "--signing-key", junk.toString())).contains("--signing-key");
    assertThat(refused(GITLAB, "--data-dir", junk.resolve("data").toString()))
        .contains("--data-dir");
    assertThat(refused(GITLAB, "--config", junk.toString(), "--dynamodb", "http://a"))
        .contains("--config", "--dynamodb");
    environment.put("SSL_CERT_FILE", junk.toString());
    assertThat(refused(GITLAB)).contains("SSL_CERT_FILE");
  }

  @Test
  void givenSecrets_whenWrongOrMissing_thenNamedWithoutValue() throws InterruptedException {
    assertThat(refused(GITLAB, "--secret", "a=hunter2"))
        .contains("--secret", "NAME=env:VAR")
        .doesNotContain("hunter2");
    assertThat(refused(GITLAB, "--secret", "a=env:NONE")).contains("--secret", "a is empty");
    assertThat(refused(GITLAB, "--secret", "a=file:/none"))
        .contains("--secret", "could not be read");
  }

  @Test
  void givenPinnedKeysThatAreNone_whenStarted_thenTheFlagIsNamed() throws Exception {
    Path keys = directory.resolve("jwks.json");
    Files.writeString(keys, "{\"keys\":[]}");
    String gitLab = "https://gitlab.example.com=";
    assertThat(refused("--pinned-keys", gitLab + keys)).contains("--pinned-keys", "no JWKS");
    assertThat(refused("--pinned-keys", gitLab + "/none")).contains("--pinned-keys", "/none");
  }

  @Test
  void givenDemoBeyondLoopback_whenStarted_thenRefused() throws InterruptedException {
    assertThat(refused("--demo", "--host", "0.0.0.0")).contains("--host").contains("loopback");
    assertThat(refused("--demo", "--tls-cert", "a", "--tls-key", "b")).contains("--tls-cert");
  }

  @Test
  void givenPortInUse_whenStarted_thenNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      environment.put("SLUICE_GITLAB_URL", "http://127.0.0.1:1,http://127.0.0.1:2");
      assertThat(refused("--no-demo", "--port", Integer.toString(port)))
          .contains("--port")
          .contains(String.valueOf(port))
          .contains("in use");
    }
  }

  @Test
  void givenHostWithoutAddress_whenStarted_thenNamed() throws InterruptedException {
    assertThat(refused(GITLAB, "--host", "no-such-host.invalid")).contains("--host");
  }

  @Test
  void givenDataDirectory_whenMissing_thenMadeForTheOwnerAlone() throws Exception {
    Path made = DataDirectory.prepare(directory.resolve("a").resolve("b"));
    assertThat(Files.getPosixFilePermissions(made)).hasSize(3);
    assertThat(DataDirectory.prepare(made)).isEqualTo(made);
  }

  @Test
  void givenNoFlag_whenDataDirectoryIsWanted_thenThePlatformsPlace() throws IOException {
    Flags flags = new Flags();
    new picocli.CommandLine(flags).parseArgs(GITLAB);
    try {
      assertThat(flags.settings(Map.of("XDG_DATA_HOME", "/x")).dataDirectory())
          .isEqualTo(Path.of("/x/sluice"));
      assertThat(flags.settings(Map.of()).dataDirectory().toString())
          .endsWith(".local/share/sluice");
    } catch (StartupException e) {
      throw new AssertionError(e);
    }
  }
}
