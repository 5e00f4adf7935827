package io.sluice.bench;

import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelProtocol;
import io.sluice.testing.AwsStub;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What functions call, as a deployment has it: a GitLab, model servers, and in AWS the table with
 * published rows and GitLab's keys, a signing key, a secret, a queue, and a backend. Thread-safe.
 *
 * @param gitLab whose users ask
 * @param models what answers
 * @param aws the rest
 * @param trust variables that make functions trust the certificates of these; empty without TLS
 */
record Neighbours(GitLabStub gitLab, ModelStub models, AwsStub aws, Map<String, String> trust)
    implements AutoCloseable {

  static final String STATE = "sluice-state";
  static final String SIGNING_KEY = "arn:aws:kms:eu-central-1:123456789012:key/user-tokens";
  static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/sluice-audit";
  static final String BACKEND = "sluice-backend-openai";

  /** The snapshot that is live, and that golden model calls name. */
  static final long SNAPSHOT = 7;

  /** Neighbours that speak plain HTTP. */
  static Neighbours plain() {
    return new Neighbours(GitLabStub.start(), ModelStub.start(), AwsStub.start(), Map.of())
        .deployed();
  }

  /** Neighbours that speak TLS, as all that a deployed function calls. */
  static Neighbours secure() {
    TestAuthority authority = Authority.COMMON;
    String bundle = authority.bundle().toString();
    return new Neighbours(
            GitLabStub.start(),
            ModelStub.start(authority.ecServer()),
            AwsStub.start(authority.rsaServer()),
            Map.of("AWS_CA_BUNDLE", bundle, "SLUICE_CA_BUNDLE", bundle))
        .deployed();
  }

  /** Making keys takes long, so that a JVM makes one set. */
  private static final class Authority {
    static final TestAuthority COMMON = make();

    private Authority() {}

    private static TestAuthority make() {
      try {
        Path folder = Files.createTempDirectory("sluice-authority");
        TestAuthority made = TestAuthority.in(folder);
        for (Path file : List.of(folder, folder.resolve("authority.p12"), made.bundle())) {
          file.toFile().deleteOnExit(); // the folder last
        }
        return made;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("the neighbours' certificates could not be made", e);
      }
    }
  }

  private Neighbours deployed() {
    aws.table(STATE);
    String rows = GoldenEvents.text("routes.yaml").replace("ENDPOINT", models.url());
    aws.item(STATE, PublishedRows.live(SNAPSHOT, rows));
    aws.keys(STATE, gitLab.url(), gitLab.keySet());
    aws.key(SIGNING_KEY, TestKey.create("user-tokens"));
    aws.secret(
        "sluice/codestral", "{\"key\":\"sk-example\",\"hosts\":[\"127.0.0.1\",\"localhost\"]}");
    aws.function(
        BACKEND,
        (payload, stream) -> {
          for (ModelEvent event :
              List.of(
                  new ModelEvent.Text("stub "),
                  new ModelEvent.Text("reply"),
                  new ModelEvent.Usage(11, 7, 3),
                  new ModelEvent.Finish("stop"))) {
            stream.chunk(ModelProtocol.write(event)).chunk("\n");
          }
          stream.complete();
        });
    return this;
  }

  /**
   * The same at the distance that neighbours have: code that waits for an answer is to be trained
   * too.
   */
  Neighbours distant() {
    aws.latency(Duration.ofMillis(15));
    models.byDefault(ModelAnswer.text("stub ", "reply").after(Duration.ofMillis(40)));
    return this;
  }

  /** The environment of a function with that handler and these variables of its own. */
  Map<String, String> environment(String handler, Map<String, String> own) {
    Map<String, String> environment = new LinkedHashMap<>(aws.environment());
    environment.putAll(trust);
    environment.put("_HANDLER", handler);
    environment.putAll(own);
    return environment;
  }

  /** The variables of every function that calls models or lets them be called. */
  Map<String, String> modelVariables() {
    return Map.of(
        "SLUICE_STATE_TABLE",
        STATE,
        "SLUICE_ALLOW_ENDPOINTS",
        models.url(),
        "SLUICE_MODEL_ENDPOINT",
        models.url(),
        "SLUICE_MODEL_NAME",
        "default-model");
  }

  @Override
  public void close() {
    gitLab.close();
    models.close();
    aws.close();
  }
}
