package io.sluice.bench;

import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelProtocol;
import io.sluice.testing.AwsStub;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import io.sluice.testing.TestKey;
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
 */
record Neighbours(GitLabStub gitLab, ModelStub models, AwsStub aws) implements AutoCloseable {

  static final String STATE = "sluice-state";
  static final String SIGNING_KEY = "arn:aws:kms:eu-central-1:123456789012:key/user-tokens";
  static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/sluice-audit";
  static final String BACKEND = "sluice-backend-openai";

  /** The snapshot that is live, and that golden model calls name. */
  static final long SNAPSHOT = 7;

  static Neighbours start() {
    Neighbours neighbours =
        new Neighbours(GitLabStub.start(), ModelStub.start(), AwsStub.start().table(STATE));
    neighbours.deploy();
    return neighbours;
  }

  private void deploy() {
    String rows = GoldenEvents.text("routes.yaml").replace("ENDPOINT", models.url());
    aws.item(STATE, PublishedRows.live(SNAPSHOT, rows));
    aws.keys(STATE, gitLab.url(), gitLab.keySet());
    aws.key(SIGNING_KEY, TestKey.create("user-tokens"));
    aws.secret("sluice/codestral", "{\"key\":\"sk-example\",\"hosts\":[\"127.0.0.1\"]}");
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
