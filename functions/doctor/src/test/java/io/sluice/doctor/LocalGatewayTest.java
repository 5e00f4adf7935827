package io.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import io.sluice.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor at a real local gateway, healthy and with one thing broken at a time. */
class LocalGatewayTest {

  private static final String[] PIECES = {"print(1)\n", "print(2)\n", "print(3)\n", "print(4)\n"};

  @TempDir private static Path directory;

  private static GitLabStub gitLab;
  private static ModelStub model;
  private static Path rows;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start() throws IOException {
    gitLab = GitLabStub.start();
    model = ModelStub.start();
    rows =
        Files.writeString(
            directory.resolve("rows.yaml"),
            """
            kind: model
            name: small
            provider: openai
            family: mistral
            model: served-name
            endpoint: %s
            ---
            kind: model
            name: vectors
            provider: openai
            family: embedding
            model: vectors
            endpoint: %1$s
            ---
            kind: settings
            name: global
            default_model: small
            """
                .formatted(model.url()));
    gateway = gateway("data");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    gitLab.close();
    model.close();
  }

  @BeforeEach
  void mend() {
    gitLab.down(false);
    gitLab.discovery(null);
    gitLab.jwks(null);
    model.byDefault(ModelAnswer.text(PIECES));
  }

  private static GatewayProcess gateway(String data) throws IOException {
    return GatewayProcess.start(
        directory.resolve(data),
        "--gitlab-url=" + gitLab.url(),
        "--allow-endpoint=" + model.url(),
        "--config=" + rows);
  }

  private Outcome examined(GatewayProcess gateway, String token, String... more)
      throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("--url", gateway.url(), "--gitlab-url", gitLab.url()));
    arguments.addAll(List.of("--config", rows.toString(), "--json"));
    arguments.addAll(List.of(more));
    return Outcome.of(Map.of(Flags.TOKEN_VARIABLE, token), arguments.toArray(String[]::new));
  }

  private Outcome examined(GatewayProcess gateway) throws InterruptedException {
    return examined(gateway, gitLab.token().build());
  }

  @Test
  void givenHealthyGateway_whenExamined_thenHealthyAndNothingUnchecked() throws Exception {
    model.byDefault(ModelAnswer.text(PIECES).every(Duration.ofMillis(150)));
    Outcome outcome = examined(gateway);
    assertThat(outcome.codes()).as(outcome.out()).isEmpty();
    assertThat(outcome.details("unchecked")).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("\"status\":\"healthy\"", "Local AI Gateway URL", "sluice/small")
        .doesNotContain("sluice/vectors");
    assertThat(String.join("\n", outcome.details("ok")))
        .contains("Streaming: ", "Header size: 10,240 bytes of headers pass", "User tokens: ")
        .contains("Test connection: small: ", "Clocks: ", "signed by GitLab's key");
  }

  @Test
  void givenHealthyGateway_whenAPersonReads_thenTextEndsWithWhatToPress() throws Exception {
    model.byDefault(ModelAnswer.text(PIECES).every(Duration.ofMillis(150)));
    Path token = Files.writeString(directory.resolve("token"), gitLab.token().build() + "\n");
    Outcome outcome =
        Outcome.of(
            Map.of(),
            "--url=" + gateway.url(),
            "--gitlab-url=" + gitLab.url(),
            "--token-file=" + token);
    assertThat(outcome.code()).as(outcome.out()).isZero();
    assertThat(outcome.out().strip()).endsWith("Run health check.");
    assertThat(outcome.out()).contains("Healthy. Next, in GitLab:").contains("  ok   ");
    assertThat(outcome.err()).contains("checking: Streaming");
  }

  @Test
  void givenNoToken_whenExamined_thenIncomplete() throws Exception {
    Outcome outcome = examined(gateway, "");
    assertThat(outcome.codes()).as(outcome.out()).isEmpty();
    assertThat(outcome.details("unchecked")).singleElement().asString().contains("--token-file");
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  void givenSlashAtTheEnd_whenExamined_thenFound() throws Exception {
    Outcome outcome =
        Outcome.of(Map.of(), "--url", gateway.url() + "/", "--gitlab-url", gitLab.url(), "--json");
    assertThat(outcome.codes()).containsExactly("DR-102");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void givenModelThatFails_whenExamined_thenItsAnswerIsTold() throws Exception {
    model.byDefault(ModelAnswer.status(401, "bad key"));
    Outcome outcome = examined(gateway);
    assertThat(outcome.codes()).contains("DR-180", "DR-183", "DR-186");
    assertThat(outcome.out()).contains("401: Unauthorized");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void givenUnknownRow_whenItsConnectionIsTested_thenTheGatewaysWordsAreTold() throws Exception {
    Outcome outcome = examined(gateway, gitLab.token().build(), "--models", "nowhere");
    assertThat(outcome.codes()).containsExactly("DR-184");
    assertThat(String.join("\n", outcome.details("finding"))).contains("nowhere");
  }

  @Test
  void givenSlowModel_whenExamined_thenGitLabsPatienceIsNamed() throws Exception {
    model.byDefault(ModelAnswer.text(PIECES).after(Duration.ofMillis(3_100)));
    Outcome outcome = examined(gateway);
    assertThat(outcome.codes()).contains("DR-182");
  }

  @Test
  void givenEmptyAnswer_whenExamined_thenFound() throws Exception {
    model.byDefault(ModelAnswer.text(""));
    Outcome outcome = examined(gateway);
    assertThat(outcome.codes()).contains("DR-181");
  }

  @Test
  void givenStreamThatBreaksOff_whenExamined_thenFound() throws Exception {
    model.byDefault(ModelAnswer.text(PIECES).ending(ModelAnswer.End.RESET));
    assertThat(examined(gateway).codes()).contains("DR-186");
  }

  @Test
  void givenTokens_whenSomethingIsWrongWithThem_thenEachIsNamed() throws Exception {
    long now = System.currentTimeMillis() / 1000;
    TestKey foreign = TestKey.create("foreign");
    assertThat(examined(gateway, "no-token").codes()).containsExactly("DR-170");
    assertThat(examined(gateway, "a.b.c").codes()).containsExactly("DR-170");
    assertThat(examined(gateway, gitLab.token().claim("exp", now - 600).build()).codes())
        .contains("DR-171", "DR-176");
    assertThat(examined(gateway, gitLab.token().claim("nbf", now + 600).build()).codes())
        .contains("DR-171");
    assertThat(examined(gateway, gitLab.token().without("exp").build()).codes()).contains("DR-171");
    assertThat(examined(gateway, gitLab.token().claim("iss", "https://other").build()).codes())
        .contains("DR-172");
    assertThat(examined(gateway, gitLab.token().claim("aud", "another").build()).codes())
        .contains("DR-173");
    assertThat(
            examined(gateway, gitLab.token().claim("scopes", List.of("duo_chat")).build()).codes())
        .contains("DR-174");
    assertThat(examined(gateway, gitLab.token().signedBy(foreign).build()).codes())
        .contains("DR-175");
  }

  @Test
  void givenGitLabs_whenSomethingIsWrongWithThem_thenEachIsNamed() throws Exception {
    String keys = gitLab.url() + "/oauth/discovery/keys";
    gitLab.discovery(discovery("https://other.example", keys));
    assertThat(examined(gateway, "").codes()).containsExactly("DR-151");
    gitLab.discovery(discovery(gitLab.url(), "https://other.example/keys"));
    assertThat(examined(gateway, "").codes()).containsExactly("DR-152");
    gitLab.discovery(discovery(gitLab.url(), "no url"));
    assertThat(examined(gateway, "").codes()).containsExactly("DR-152");
    gitLab.discovery(null);
    gitLab.jwks("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"x\",\"n\":\"?\"},{\"kty\":\"EC\"}]}");
    assertThat(examined(gateway, "").codes()).containsExactly("DR-153");
    gitLab.jwks("[]");
    assertThat(examined(gateway, "").codes()).containsExactly("DR-150");
    gitLab.jwks("no json");
    assertThat(examined(gateway, "").codes()).containsExactly("DR-150");
    gitLab.down(true);
    assertThat(examined(gateway, "").codes()).containsExactly("DR-150");
  }

  private static JsonObject discovery(String issuer, String keys) {
    return JsonObject.builder().put("issuer", issuer).put("jwks_uri", keys).build();
  }

  @Test
  void givenNoKeysOfGitLab_whenExamined_thenNotReady() throws Exception {
    gitLab.down(true);
    try (GatewayProcess fresh = gateway("fresh")) {
      Outcome outcome = examined(fresh, "");
      assertThat(outcome.codes()).containsExactly("DR-131", "DR-150");
    }
  }

  @Test
  void givenReport_whenWrittenAsJson_thenEachFindingHasItsDocs() throws Exception {
    gitLab.down(true);
    JsonObject report = (JsonObject) Json.read(examined(gateway, "").out());
    assertThat(report.text("status")).isEqualTo("findings");
    assertThat(Json.text(report)).contains("docs/errors.md#dr-150", "\"fix\":", "\"next\":[");
  }
}
