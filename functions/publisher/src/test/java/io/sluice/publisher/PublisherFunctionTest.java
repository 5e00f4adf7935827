package io.sluice.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.DynamoDbTable;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.DynamoDbItems;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.config.store.StateSnapshots;
import io.sluice.config.store.YamlRows;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.LocalDynamoDb;
import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The function under AWS's own runtime interface client, against DynamoDB Local and a GitLab. */
class PublisherFunctionTest {

  /** A loaded machine must not decide a test. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final LocalDynamoDb database = LocalDynamoDb.start();
  private final GitLabStub gitLab = GitLabStub.start();
  private final RuntimeApiStub api = RuntimeApiStub.start();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void tables() {
    database.routes("sluice-routes");
    database.state("sluice-state");
    environment.putAll(database.environment());
    environment.putAll(
        Map.of(
            "SLUICE_ROUTES_TABLE", "sluice-routes",
            "SLUICE_STATE_TABLE", "sluice-state",
            "SLUICE_GITLAB_URLS", gitLab.url() + ",http://127.0.0.1:1/",
            "SLUICE_ALLOW_ENDPOINTS", "https://llm.corp.example"));
  }

  @AfterEach
  void close() throws IOException {
    api.close();
    gitLab.close();
    database.close();
  }

  @Test
  void givenEvents_whenInvoked_thenRowsAndKeysArePublished() throws Exception {
    put("{kind: feature, name: duo_chat, enabled: false}");
    put(
        "{kind: model, name: m, provider: openai, family: gpt, model: x, endpoint:"
            + " 'https://elsewhere.example/v1'}");
    put(
        "{kind: model, name: us, provider: bedrock, family: claude_3, region: eu-central-1, model:"
            + " us.anthropic.claude-x}");
    put(
        "{kind: prompt, name: generate_commit_message/base, version: 1.1.0, template:"
            + " '{\"temperature\": 0.2}'}");
    put(
        "{kind: prompt, name: generate_commit_message/gpt, version: 1.1.0, template:"
            + " \"--- user\\n{{diff}}\"}");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    try (ManagedRuntime _ = ManagedRuntime.start(api, environment, log())) {
      // The stream: rows go live, keys are left alone.
      assertThat(answer("routes-stream.json"))
          .contains("\"live\":1")
          .contains("\"changed\":true")
          .contains("\"not_live_as_written\":3")
          .doesNotContain("issuers");
      assertThat(live().rows().features()).containsOnlyKeys("duo_chat");
      assertThat(status("m"))
          .startsWith("not live: endpoint:")
          .contains("add it to the parameter AllowedModelEndpoints");
      assertThat(live().rows().prompts()).containsOnlyKeys("generate_commit_message/base");
      assertThat(status("generate_commit_message/gpt"))
          .startsWith("not live: template: line 2: {{diff}} is data");
      assertThat(status("us")).contains("add us to the parameter PermittedRegions");
      assertThat(item("keys/" + gitLab.url())).isEmpty();

      assertThat(answer("routes-stream-status.json")).contains("ignored");

      // A lost event: the schedule finds the edit, and renews keys; one GitLab is down.
      put("{kind: feature, name: code_completions, enabled: false}");
      assertThat(answer("schedule.json"))
          .contains("\"live\":2")
          .contains("\"issuers_not_renewed\":[\"http://127.0.0.1:1\"]");
      assertThat(live().rows().features()).containsOnlyKeys("duo_chat", "code_completions");
      Map<String, AttributeValue> keys = item("keys/" + gitLab.url());
      assertThat(String.valueOf(keys.get("jwks"))).contains(gitLab.key().kid());
      assertThat(keys).containsKeys("issuer", "fetched_at");

      // GitLab is down: the last good keys stay.
      gitLab.down(true);
      assertThat(answer("schedule.json")).contains("\"changed\":false").contains(gitLab.url());
      assertThat(item("keys/" + gitLab.url())).isEqualTo(keys);

      // What fails is said, so that Lambda tries again.
      database.client().deleteTable(request -> request.tableName("sluice-state"));
      RuntimeApiAnswer failed = api.invoke(GoldenEvents.bytes("routes-stream.json")).await();
      assertThat(failed.kind()).isEqualTo("error");
      assertThat(failed.text())
          .contains("nothing was published: table sluice-state cannot be read");
    }
    assertThat(Files.readString(log()))
        .contains("an issuer's keys could not be renewed")
        .contains("a row is not live as written")
        .doesNotContain("Spring Boot ::");
  }

  @Test
  void givenNoStateTable_whenStarted_thenTheInitErrorNamesTheVariable() throws Exception {
    environment.remove("SLUICE_STATE_TABLE");
    try (ManagedRuntime _ = ManagedRuntime.start(api, environment, log())) {
      assertThat(api.initError().get(2, TimeUnit.MINUTES).text()).contains("SLUICE_STATE_TABLE");
    }
  }

  private Path log() {
    return directory.resolve("log.txt");
  }

  private String answer(String event) throws InterruptedException, IOException {
    RuntimeApiAnswer answer = api.invoke(GoldenEvents.bytes(event)).await();
    assertThat(answer.kind()).as(answer.text()).isEqualTo("response");
    return answer.text();
  }

  private Snapshot live() throws IOException {
    try (DynamoDbTable state =
        new DynamoDbTable(AwsEnvironment.of(database.environment()), "sluice-state")) {
      return new StateSnapshots(state, PATIENCE).read();
    }
  }

  private String status(String model) throws IOException {
    return new DynamoDbRows(database.client(), "sluice-routes")
        .content().items().stream()
            .filter(row -> row.document().key().name().equals(model))
            .findFirst()
            .orElseThrow()
            .written("status");
  }

  private Map<String, AttributeValue> item(String id) {
    return database
        .client()
        .getItem(
            request ->
                request.tableName("sluice-state").key(Map.of("id", AttributeValue.fromS(id))))
        .item();
  }

  private void put(String yaml) {
    Map<String, AttributeValue> item =
        DynamoDbItems.item(YamlRows.parse(yaml).rows().getFirst().fields());
    database.client().putItem(request -> request.tableName("sluice-routes").item(item));
  }
}
