package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.authorizer.Issuer;
import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.docsindex.DocsIndexMain;
import io.sluice.local.demo.Demo;
import io.sluice.local.demo.DemoGitLab;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a request: real sockets from the caller to the model. */
class LocalGatewayTest {

  private static final String COMPLETION =
      """
      {"prompt_version":2,"current_file":{"file_name":"a.py","content_above_cursor":"def f(",
       "content_below_cursor":""},"model_provider":"litellm","stream":false}
      """;

  @TempDir private Path directory;

  private final List<JsonObject> log = new CopyOnWriteArrayList<>();
  private GitLabStub gitLab;
  private ModelStub model;

  @BeforeEach
  void start() {
    gitLab = GitLabStub.start();
    model = ModelStub.start();
  }

  @AfterEach
  void stop() {
    gitLab.close();
    model.close();
  }

  private LocalGateway gateway(@Nullable Issuer demo, String... more) throws StartupException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--port", "0", "--data-dir", directory.toString()));
    Flags flags = new Flags();
    new picocli.CommandLine(flags).parseArgs(arguments.toArray(String[]::new));
    Map<String, String> environment = Map.of("MODEL_KEY", "sk-canary");
    return LocalGateway.start(
        flags.settings(environment),
        environment,
        demo,
        Clock.systemUTC(),
        (level, logger, message, fields) -> log.add(fields));
  }

  private static HttpResponse<String> post(String url, Headers headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private List<JsonObject> records() throws IOException {
    return Files.readAllLines(directory.resolve("audit.jsonl")).stream()
        .map(LocalGatewayTest::object)
        .toList();
  }

  private static JsonObject object(String text) {
    try {
      return (JsonObject) Json.read(text);
    } catch (io.sluice.core.json.JsonSyntaxException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void givenDefaultModel_whenGitLabAsks_thenAnsweredAndRecorded() throws Exception {
    LocalGateway gateway =
        gateway(
            null,
            "--gitlab-url=" + gitLab.url(),
            "--model-endpoint=" + model.url(),
            "--model-name=codestral-x",
            "--model-key-env=MODEL_KEY");
    HttpResponse<String> answer =
        post(gateway.url() + "/v2/code/completions", gitLab.headers(), COMPLETION);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(model.lastCall().model()).isEqualTo("codestral-x");
    assertThat(model.lastCall().header("authorization")).isEqualTo("Bearer sk-canary");
    gateway.stop(Duration.ofSeconds(5));
    assertThat(records()).extracting(r -> r.text("record")).containsExactly("opening", "closing");
    assertThat(Json.text(JsonArray.of(records())))
        .doesNotContain("sk-canary")
        .contains("\"targets\":[\"default\"]");
    assertThat(log.getFirst().toString()).isNotEmpty();
  }

  @Test
  void givenAnIndexOfTheDocumentation_whenGitLabSearches_thenPassagesComeAndAreRecorded()
      throws Exception {
    Path index = directory.resolve("index.zip");
    PrintWriter ignored = new PrintWriter(Writer.nullWriter());
    String[] build = {
      "--docs", "../../events/docs", "--version", "18.9.0", "--out", index.toString()
    };
    assertThat(DocsIndexMain.run(build, ignored, ignored)).isZero();
    LocalGateway gateway = gateway(null, "--gitlab-url=" + gitLab.url(), "--docs-index=" + index);
    HttpResponse<String> answer =
        post(
            gateway.url() + "/v1/search/gitlab-docs",
            gitLab.headers(),
            """
            {"type":"search-docs","metadata":{"source":"GitLab EE","version":"18.9.0"},
             "payload":{"query":"How do I fork a project?"}}
            """);
    gateway.stop(Duration.ofSeconds(5));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonArray results =
        Objects.requireNonNull(
            Objects.requireNonNull(object(answer.body()).object("response")).array("results"));
    JsonObject first = (JsonObject) results.get(0);
    assertThat(first.text("id")).matches("[0-9a-z]+");
    assertThat(first.text("content")).startsWith("Forks > Create a fork");
    assertThat(Objects.requireNonNull(first.object("metadata")).text("source_url"))
        .isEqualTo("https://docs.gitlab.com/user/project/repository/forking_workflow/");
    assertThat(Json.text(records().getLast())).contains("\"documentation\":{\"index\":\"18.9.0/");
  }

  @Test
  void givenNoToken_whenAsked_then401AndOneRecord() throws Exception {
    LocalGateway gateway = gateway(null, "--gitlab-url=" + gitLab.url());
    HttpResponse<String> answer =
        post(gateway.url() + "/v2/code/completions", Headers.of("X-Request-ID", "r1"), "{}");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"error\":\"No authorization header presented\"}");
    gateway.stop(Duration.ofSeconds(5));
    assertThat(records())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.text("correlation_id")).isEqualTo("r1");
              assertThat(record.text("error_code")).isEqualTo("unauthenticated");
            });
  }

  @Test
  void givenGitLab_whenItsKeysAreThere_thenReady() throws Exception {
    LocalGateway gateway = gateway(null, "--gitlab-url=" + gitLab.url());
    assertThat(get(gateway.url() + "/monitoring/ready")).isEqualTo(200);
    gateway.stop(Duration.ofSeconds(5));
  }

  @Test
  void givenGitLabThatIsDown_whenNoKeyIsKnown_thenNotReadyButHealthy() throws Exception {
    gitLab.down(true);
    LocalGateway gateway = gateway(null, "--gitlab-url=" + gitLab.url());
    assertThat(get(gateway.url() + "/monitoring/ready")).isEqualTo(503);
    assertThat(get(gateway.url() + "/monitoring/healthz")).isEqualTo(200);
    gateway.stop(Duration.ofSeconds(5));
  }

  @Test
  void givenPinnedKeys_whenGitLabCannotBeReached_thenItsTokensAreBelieved() throws Exception {
    Path keys = directory.resolve("jwks.json");
    Files.writeString(keys, Json.text(JsonObject.of(Map.of("keys", List.of(gitLab.key().jwk())))));
    gitLab.down(true);
    LocalGateway gateway =
        gateway(
            null,
            "--pinned-keys=" + gitLab.url() + "=" + keys,
            "--model-endpoint=" + model.url(),
            "--model-name=tiny");
    try {
      assertThat(
              post(gateway.url() + "/v2/code/completions", gitLab.headers(), COMPLETION)
                  .statusCode())
          .isEqualTo(200);
      assertThat(gitLab.jwksHits()).isZero();
      assertThat(get(gateway.url() + "/monitoring/ready")).isEqualTo(200);
    } finally {
      gateway.stop(Duration.ofSeconds(1));
    }
  }

  @Test
  void givenUserToken_whenMinted_thenItsBearerIsKnown() throws Exception {
    LocalGateway gateway =
        gateway(
            null,
            "--gitlab-url=" + gitLab.url(),
            "--model-endpoint=" + model.url(),
            "--model-name=m");
    HttpResponse<String> answer =
        post(gateway.url() + "/v1/code/user_access_token", gitLab.headers(), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String token = object(answer.body()).text("token", "");
    HttpResponse<String> completion =
        post(gateway.url() + "/v2/completions", gitLab.headers(token), COMPLETION);
    assertThat(completion.statusCode()).as(completion.body()).isEqualTo(200);
    gateway.stop(Duration.ofSeconds(5));
  }

  @Test
  void givenRowsInAFile_whenAsked_thenTheyDecide() throws Exception {
    Path rows =
        Files.writeString(
            directory.resolve("rows.yaml"),
            """
            kind: model
            name: small
            provider: openai
            family: mistral
            model: served-name
            endpoint: %s
            secret: small
            ---
            kind: feature
            name: code_completions
            targets: [{model: small}]
            ---
            kind: prompt
            name: code_suggestions/completions/mistral
            version: 1.1.0
            template: '{"max_tokens": 33}'
            """
                .formatted(model.url()));
    LocalGateway gateway =
        gateway(
            null,
            "--gitlab-url=" + gitLab.url(),
            "--allow-endpoint=" + model.url(),
            "--secret=small=env:MODEL_KEY",
            "--config=" + rows);
    HttpResponse<String> answer =
        post(gateway.url() + "/v2/code/completions", gitLab.headers(), COMPLETION);
    assertThat(answer.statusCode()).as(answer.body() + log).isEqualTo(200);
    assertThat(model.lastCall().model()).isEqualTo("served-name");
    assertThat(model.lastCall().body().number("max_tokens")).isEqualTo(33);
    assertThat(model.lastCall().header("authorization")).isEqualTo("Bearer sk-canary");
    gateway.stop(Duration.ofSeconds(5));
  }

  @Test
  void givenDemo_whenShown_thenAnswerAuditAndCurlArePrinted() throws Exception {
    DemoGitLab own = DemoGitLab.create(Clock.systemUTC());
    LocalGateway gateway =
        gateway(
            Issuer.pinned(DemoGitLab.URL, own.jwks()),
            "--demo",
            "--model-endpoint=" + model.url(),
            "--model-name=m");
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Demo demo =
        new Demo(
            gateway.url(),
            own,
            gateway.auditFile(),
            new PrintStream(shown, true, StandardCharsets.UTF_8));
    demo.introduce("m", model.url());
    assertThat(demo.show()).as(shown.toString(StandardCharsets.UTF_8)).isTrue();
    demo.conclude();
    gateway.stop(Duration.ofSeconds(5));
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("stub reply")
        .contains("first piece after")
        .contains("\"record\":\"opening\"", "\"record\":\"closing\"")
        .contains("curl -N http://127.0.0.1:", "'Authorization: Bearer ")
        .contains("Local AI Gateway URL");
  }

  @Test
  void givenDemoWithoutModel_whenShown_thenSaysWhatTheGatewayAnswered() throws Exception {
    DemoGitLab own = DemoGitLab.create(Clock.systemUTC());
    LocalGateway gateway = gateway(Issuer.pinned(DemoGitLab.URL, own.jwks()), "--demo");
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Demo demo =
        new Demo(
            gateway.url(),
            own,
            gateway.auditFile(),
            new PrintStream(shown, true, StandardCharsets.UTF_8));
    demo.introduce("", null);
    assertThat(demo.show()).isFalse();
    gateway.stop(Duration.ofSeconds(5));
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("The gateway answered 4");
  }
}
