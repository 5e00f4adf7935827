package io.sluice.config;

import io.sluice.config.judge.Judge;
import io.sluice.config.judge.Judgement;
import io.sluice.config.judge.PromptCheck;
import io.sluice.config.judge.RowSchemas;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.YamlRows;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.outbound.EndpointAllowList;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables and callers for tests. */
public final class Tables {

  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
  public static final RowSchemas SCHEMAS = new RowSchemas();
  public static final String HOST = "https://llm.corp.example";

  private static final EndpointAllowList ALLOWED =
      new EndpointAllowList("--allow-endpoint", List.of(HOST, "http://127.0.0.1:9000"));

  private Tables() {}

  /** A deployment that serves every provider. */
  public static Deployment deployment(@Nullable ModelRow defaultModel) {
    return new Deployment(ALLOWED, ALLOWED, Set.of(Provider.values()), AwsFence.OPEN, defaultModel);
  }

  /** A deployment like the local host: OpenAI-compatible servers only. */
  public static Deployment localDeployment() {
    return new Deployment(
        ALLOWED, ALLOWED, Set.of(Provider.OPENAI, Provider.AZURE), AwsFence.OPEN, null);
  }

  public static Judge judge(Deployment deployment) {
    return new Judge(SCHEMAS, deployment, PromptCheck.none());
  }

  public static Judgement judged(Snapshot previous, String yaml) {
    return judge(deployment(null)).judge(previous, YamlRows.parse(yaml));
  }

  /** The table of these rows, each of which must be live. */
  public static SnapshotRoutingTable table(String yaml) {
    return table(yaml, deployment(null));
  }

  public static SnapshotRoutingTable table(String yaml, Deployment deployment) {
    Judgement judgement = judge(deployment).judge(Snapshot.EMPTY, YamlRows.parse(yaml));
    judgement.statuses().stream()
        .filter(status -> !status.problems().isEmpty())
        .findFirst()
        .ifPresent(
            status -> {
              throw new IllegalArgumentException(status.message());
            });
    CurrentSnapshot current = new CurrentSnapshot(judgement.snapshot(), false);
    return new SnapshotRoutingTable(() -> Optional.of(current), deployment, CLOCK);
  }

  public static Caller caller() {
    return caller(Identity.attested("instance-1"), Identity.attested("user-1"), null, null);
  }

  public static Caller caller(
      @Nullable Identity instance,
      @Nullable Identity user,
      @Nullable Identity namespace,
      @Nullable Identity rootNamespace) {
    return new Caller(
        "https://gitlab.example",
        false,
        instance,
        null,
        user,
        namespace,
        rootNamespace,
        null,
        Set.of(),
        null);
  }

  /** A model row of the deployment. */
  public static ModelRow defaultModel() {
    return new ModelRow(
        "default",
        Provider.OPENAI,
        ModelFamily.GENERAL,
        "stub",
        HOST,
        null,
        CompletionMode.CHAT,
        null,
        8000,
        2000,
        Set.of(Ability.STREAM),
        Set.of());
  }

  /** A model row in YAML. */
  public static String model(String name) {
    return """
    ---
    kind: model
    name: %s
    provider: openai
    family: mistral
    model: %s-wire
    endpoint: https://llm.corp.example/v1
    """
        .formatted(name, name);
  }
}
