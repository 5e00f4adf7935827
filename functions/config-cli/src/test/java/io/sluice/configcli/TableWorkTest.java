package io.sluice.configcli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.judge.Judge;
import io.sluice.config.publish.Publication;
import io.sluice.config.publish.StateTable;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.testing.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An administrator's day on a stack's tables, by this command alone. */
class TableWorkTest {

  private static final String MODEL =
      """
      kind: model
      name: %s
      provider: openai
      family: mistral
      model: mistral-small
      endpoint: https://llm.corp.example/v1
      """;

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable LocalDynamoDb database;

  @TempDir private Path directory;
  private final Terminal terminal = new Terminal();
  private final String stack = "stack-" + NAMES.incrementAndGet();

  @BeforeAll
  static void start() {
    database = LocalDynamoDb.start();
  }

  @AfterAll
  static void stop() throws IOException {
    database().close();
  }

  private static LocalDynamoDb database() {
    return Objects.requireNonNull(database);
  }

  @BeforeEach
  void tables() {
    database().routes(stack + "-routes");
    database().state(stack + "-state");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--stack", stack, "--endpoint-url", database().endpoint().toString()));
    return terminal.run(all.toArray(String[]::new));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void givenAStack_whenAnAdministratorWorksADay_thenThisCommandIsEnough() throws IOException {
    String first =
        file(
            "first.yaml",
            MODEL.formatted("m") + "---\n{kind: feature, name: duo_chat, targets: [{model: m}]}");
    assertThat(run("status")).isZero();
    assertThat(terminal.out).contains("Nothing was ever published");
    assertThat(run("history")).isZero();
    assertThat(run("rollback", "1")).isEqualTo(1);
    assertThat(terminal.err).contains("nothing was ever published");

    // First rows.
    assertThat(run("validate", first)).isZero();
    assertThat(run("diff", first)).isZero();
    assertThat(terminal.out).contains("+ model/m").contains("+ feature/duo_chat");
    assertThat(run("apply", first, "--publish")).as(terminal.err).isZero();
    assertThat(terminal.out)
        .contains("published: snapshot 1 is live")
        .contains("feature/duo_chat: live");

    // A canary.
    String canary =
        file(
            "canary.yaml",
            MODEL.formatted("n")
                + "---\n"
                + "{kind: feature, name: duo_chat, targets: [{model: m, weight: 9}, {model: n}]}");
    assertThat(run("apply", canary, "--publish")).isZero();
    assertThat(run("explain", "--feature", "duo_chat", "--user", "u1")).isZero();
    assertThat(terminal.out)
        .contains("duo_chat, by snapshot 2:")
        .contains("is a target of feature/duo_chat for 9 of 10 users")
        .contains("model/m answers, because of feature/duo_chat");
    assertThat(run("explain", "--feature", "duo_chat_fix_code", "--json")).isZero();
    assertThat(terminal.out).contains("\"models\":[\"model/");

    // A mistake is refused before anything is written.
    String mistake =
        file("mistake.yaml", "{kind: feature, name: duo_chat, targets: [{model: nobody}]}");
    assertThat(run("apply", mistake, "--publish")).isEqualTo(1);
    assertThat(terminal.err).contains("nothing was written");

    // One that can't be seen is rolled back; edits wait.
    assertThat(run("rollback", "1", "--publish")).isZero();
    assertThat(terminal.out).contains("Snapshot 1 is live and pinned; snapshot 2 waits");
    assertThat(run("history")).isZero();
    assertThat(terminal.out).containsPattern("PINNED +1 ").containsPattern(" +2 ");
    assertThat(run("status")).isZero();
    assertThat(terminal.out).contains("pinned to snapshot 1");
    assertThat(run("apply", file("more.yaml", MODEL.formatted("o")), "--publish")).isZero();
    assertThat(terminal.out).contains("snapshot 3 waits behind the pinned 1");

    // Panic: a switch-off goes live all the same.
    assertThat(run("disable", "duo_chat", "--publish")).isZero();
    assertThat(run("explain", "--feature", "duo_chat")).isEqualTo(1);
    assertThat(terminal.out).contains("switched off by the row feature/duo_chat");
    assertThat(run("enable", "duo_chat", "--publish", "--wait", "1s")).isEqualTo(1);
    assertThat(run("unpin", "--publish")).isZero();
    assertThat(run("explain", "--feature", "duo_chat")).isZero();
    assertThat(run("pin", "--publish")).isZero();
    assertThat(run("unpin")).isZero();
    assertThat(run("history", "--json")).isZero();
    assertThat(terminal.out).contains("\"live\":true");

    // Backup and restore.
    assertThat(run("export")).isZero();
    String backup = file("backup.yaml", terminal.out);
    assertThat(run("diff", backup, "--prune")).isZero();
    assertThat(terminal.out).contains("Nothing differs");
    assertThat(run("export", "--snapshot", "1")).isZero();
    String before = file("before.yaml", terminal.out);
    assertThat(run("apply", before, "--prune", "--publish")).as(terminal.err).isZero();
    assertThat(terminal.out).contains("- model/n").contains("- model/o");
    assertThat(run("export")).isZero();
    assertThat(terminal.out).isEqualTo(Files.readString(Path.of(before)));
    assertThat(run("export", "--snapshot", "99")).isEqualTo(1);
  }

  @Test
  void givenAPublisherBeside_whenApplied_thenItsVerdictIsAwaited() throws Exception {
    Thread publisher = Thread.startVirtualThread(this::publishAlways);
    try {
      assertThat(run("apply", file("m.yaml", MODEL.formatted("m")), "--wait", "2m")).isZero();
      assertThat(terminal.out).contains("model/m: live");
      // Its fence is narrower than what is known here.
      String outside =
          file("n.yaml", MODEL.formatted("n").replace("llm.corp.example", "elsewhere.example"));
      assertThat(run("apply", outside, "--wait", "2m")).isEqualTo(1);
      assertThat(terminal.out).contains("model/n: not live: endpoint:");
      assertThat(run("disable", "--all", "--wait", "2m")).isZero();
    } finally {
      publisher.interrupt();
      publisher.join();
    }
  }

  private void publishAlways() {
    try {
      Judge judge =
          new Judge(
              new io.sluice.config.judge.RowSchemas(),
              io.sluice.config.DeploymentSettings.of(
                      Map.of("SLUICE_ALLOW_ENDPOINTS", "https://llm.corp.example"))
                  .deployment(io.sluice.config.Provider.served()),
              io.sluice.config.judge.PromptCheck.none());
      Publication publication =
          new Publication(
              new DynamoDbRows(database().client(), stack + "-routes"),
              new StateTable(database().client(), stack + "-state"),
              judge,
              (level, logger, message, fields) -> {},
              Clock.systemUTC());
      while (!Thread.currentThread().isInterrupted()) {
        publication.publish();
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      Thread.currentThread().interrupt(); // the test has ended
    }
  }

  @Test
  void givenNoPublisher_whenApplied_thenItSaysThatNothingMayBeLive() throws IOException {
    String rows = file("m.yaml", MODEL.formatted("m"));
    assertThat(run("apply", rows, "--wait", "1s")).isEqualTo(1);
    assertThat(terminal.out).contains("No verdict within 1 s on: model/m").contains("--publish");
    assertThat(run("status")).isEqualTo(1);
    assertThat(terminal.out).contains("model/m: edited, and not judged yet");
    assertThat(run("disable", "duo_chat", "--wait", "1s")).isEqualTo(1);
    assertThat(terminal.out).contains("It is not live after 1 s");
    assertThat(run("disable", "duo_chat", "--wait", "0s")).isZero();
  }

  @Test
  void givenABrokenRow_whenDisabled_thenItGoesLive() {
    Map<String, AttributeValue> broken = new HashMap<>();
    broken.put("kind", AttributeValue.fromS("feature"));
    broken.put("name", AttributeValue.fromS("duo_chat"));
    broken.put("colour", AttributeValue.fromS("red"));
    database().client().putItem(request -> request.tableName(stack + "-routes").item(broken));
    assertThat(run("validate")).isEqualTo(1);
    assertThat(run("disable", "duo_chat", "--publish")).as(terminal.err).isZero();
    assertThat(run("explain", "--feature", "duo_chat")).isEqualTo(1);
    assertThat(run("explain", "--feature", "code_completions", "--rows")).isEqualTo(1);
    assertThat(terminal.out).contains("no model answers code_completions");
  }

  @Test
  void givenTablesThatAreNotThere_whenAsked_thenItSaysWhatToCheck() {
    assertThat(
            terminal.run(
                "status", "--stack", "none", "--endpoint-url", database().endpoint().toString()))
        .isEqualTo(2);
    assertThat(terminal.err)
        .contains("table none-state cannot be read: ResourceNotFoundException")
        .contains("check --stack and --region");
    assertThat(terminal.run("status", "--stack", "none", "--endpoint-url", "http://127.0.0.1:1"))
        .isEqualTo(2);
    assertThat(terminal.err).contains("it can't be reached; check");
  }
}
