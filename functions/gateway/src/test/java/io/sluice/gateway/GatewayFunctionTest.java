package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.snapshot.SnapshotCodec;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLines;
import io.sluice.testing.AwsStub;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import io.sluice.testing.RecordingEnvironment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayFunctionTest {

  private static final Path EVENTS = Path.of("../../events");
  private static final String NULS = "\0".repeat(8);

  private static final String TABLE = "sluice-state";
  private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/1/sluice-audit";

  private final ModelStub models = ModelStub.start();
  private final AwsStub aws = AwsStub.start().table(TABLE);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> flushed = new ArrayList<>();

  @AfterEach
  void stop() {
    models.close();
    aws.close();
  }

  @Test
  void givenACodeGeneration_whenHandled_thenTheModelsTextIsStreamedAfterThePrelude()
      throws Exception {
    models.byDefault(ModelAnswer.text("def reverse", "(text):\n", "    return text[::-1]"));

    handle(event("code_generations.json"));

    assertThat(flushed).hasSizeGreaterThan(1);
    assertThat(prelude().number("statusCode")).isEqualTo(200);
    assertThat(prelude().object("headers")).isNotNull();
    assertThat(body()).contains("reverse(text)");
    assertThat(models.lastCall().model()).isEqualTo("tiny");
    assertThat(records())
        .extracting(record -> record.text("record"))
        .containsExactly("opening", "closing");
    assertThat(log.toString(StandardCharsets.US_ASCII)).contains("\"logger\":\"api.access\"");
  }

  @Test
  void givenACodeCompletion_whenHandled_thenItIsOneAnswer() throws Exception {
    models.byDefault(ModelAnswer.text("text[::-1]"));

    handle(event("code_completions.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(200);
    assertThat(body()).contains("text[::-1]");
  }

  @Test
  void givenAHealthCheck_whenHandled_thenNoCallerIsNeeded() throws Exception {
    handle(event("healthz.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(200);
  }

  @Test
  void givenNoCaller_whenARouteNeedsOne_thenItIsRefused() throws Exception {
    handle("{\"httpMethod\":\"POST\",\"path\":\"/v2/code/generations\",\"body\":\"{}\"}");

    assertThat(prelude().number("statusCode")).isEqualTo(401);
    assertThat(body()).isEqualTo("{\"error\":\"Forbidden by auth provider\"}");
    assertThat(models.calls()).isEmpty();
  }

  @Test
  void givenAnotherEvent_whenHandled_thenItIsIgnoredAndTold() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    function()
        .handleRequest(
            new ByteArrayInputStream("{\"Records\":[]}".getBytes(StandardCharsets.UTF_8)),
            out,
            context());

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{}");
    assertThat(log.toString(StandardCharsets.US_ASCII)).contains("was ignored");
  }

  @Test
  void givenAModelThatBreaksOff_whenStreaming_thenTheRecordSaysThatItFailed() throws Exception {
    models.byDefault(ModelAnswer.text("half", "half").ending(ModelAnswer.End.MID_CHUNK));

    assertThatThrownBy(() -> handle(event("code_generations.json")))
        .isInstanceOf(IOException.class)
        .hasMessage("the answer was broken off");

    assertThat(records().getLast().text("outcome")).isEqualTo("failed");
  }

  @Test
  void givenAPublishedRow_whenAsked_thenItsModelAnswersWithItsSecret() throws Exception {
    models.byDefault(ModelAnswer.text("text[::-1]"));
    aws.secret("sluice/stub-key", "{\"key\": \"sk-stub\", \"hosts\": [\"127.0.0.1\"]}");
    publish(
        """
        {"kind":"model","name":"m","provider":"openai","family":"gpt","model":"from-a-row",
         "endpoint":"%s","secret":"stub-key","supports":["stream","system","stop"]}
        """
            .formatted(models.url()),
        """
        {"kind":"feature","name":"code_completions","enabled":true,"targets":[{"model":"m"}]}
        """);

    handle(event("code_completions.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(200);
    assertThat(models.lastCall().model()).isEqualTo("from-a-row");
    assertThat(Json.text(records().getLast())).contains("\"target\":\"m\"");
    assertThat(log.toString(StandardCharsets.US_ASCII)).doesNotContain("sk-stub");
  }

  @Test
  void givenATableThatCantBeRead_whenAsked_thenThe503SaysWhatToChange() throws Exception {
    aws.next("GetItem", denied(), denied(), denied());

    handle(event("code_generations.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(503);
    assertThat(body()).contains("dynamodb:GetItem on table " + TABLE);
    assertThat(log.toString(StandardCharsets.US_ASCII)).contains("dynamodb:GetItem on table");
  }

  @Test
  void givenAQueueThatRefuses_whenAsked_thenTheRecordsAreInTheLog() throws Exception {
    models.byDefault(ModelAnswer.text("text"));
    aws.next("SendMessage", denied(), denied());

    handle(event("code_generations.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(200);
    assertThat(aws.messages(QUEUE)).isEmpty();
    assertThat(log.toString(StandardCharsets.US_ASCII).lines())
        .filteredOn(line -> line.contains("\"audit_fallback\":true"))
        .hasSize(2);
  }

  @Test
  void givenAStream_whenTheFunctionEnds_thenItIsBrokenOffAndRecorded() throws Exception {
    models.byDefault(
        ModelAnswer.text("def reverse", "(text):\n", "    return text[::-1]\n", "\n")
            .ending(ModelAnswer.End.SILENCE));
    try (GatewayFunction function = function()) {
      ByteArrayOutputStream out =
          new ByteArrayOutputStream() {
            @Override
            public void flush() {
              Thread.ofVirtual().start(function::close);
            }
          };
      assertThatThrownBy(() -> handle(function, event("code_generations.json"), out))
          .isInstanceOf(IOException.class);
    }

    assertThat(records().getLast().text("outcome")).isEqualTo("terminated");
  }

  @ParameterizedTest
  @CsvSource({
    "SLUICE_STATE_TABLE, ''",
    "SLUICE_AUDIT_QUEUE_URL, ''",
    "SLUICE_SECRET_PREFIX, ''",
    "AWS_REGION, ''",
    "SLUICE_MODEL_NAME, ''",
    "SLUICE_CA_BUNDLE, /nowhere.pem",
  })
  void givenAMissingOrMalformedVariable_whenStarted_thenItIsNamed(String variable, String value) {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put(variable, value);

    assertThatThrownBy(() -> new GatewayFunction(environment, lines(), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }

  @Test
  void givenNoDefaultModel_whenStarted_thenItIsRefusedByNameOfTheRow() throws Exception {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("SLUICE_MODEL_ENDPOINT", "");
    environment.put("SLUICE_MODEL_NAME", "");

    handle(
        new GatewayFunction(environment, lines(), Clock.systemUTC()),
        event("code_generations.json"),
        recording());

    assertThat(prelude().number("statusCode")).isEqualTo(422);
    assertThat(body()).contains("default_model");
  }

  @Test
  void givenTheFunction_whenStarted_thenItReadsExactlyTheVariablesThatItSaysItReads()
      throws Exception {
    RecordingEnvironment environment = new RecordingEnvironment(environment());
    var _ = new GatewayFunction(environment, lines(), Clock.systemUTC());

    assertThat(environment.read()).isEqualTo(RecordingEnvironment.declared());
  }

  private void handle(String event) throws IOException {
    handle(function(), event, recording());
  }

  private static void handle(GatewayFunction function, String event, OutputStream out)
      throws IOException {
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, context());
  }

  private GatewayFunction function() {
    return new GatewayFunction(environment(), lines(), Clock.systemUTC());
  }

  private JsonLines lines() {
    return new JsonLines(log, Clock.systemUTC());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("SLUICE_STATE_TABLE", TABLE);
    environment.put("SLUICE_AUDIT_QUEUE_URL", QUEUE);
    environment.put("SLUICE_SECRET_PREFIX", "sluice/");
    environment.put("SLUICE_MODEL_ENDPOINT", models.url());
    environment.put("SLUICE_MODEL_NAME", "tiny");
    return environment;
  }

  private static AwsStub.Behaviour denied() {
    return AwsStub.error(400, "AccessDeniedException", "no");
  }

  /** Publishes a snapshot of these rows. */
  private void publish(String... rows) throws Exception {
    List<RowDocument> documents = new ArrayList<>();
    for (String row : rows) {
      JsonObject fields = (JsonObject) Json.read(row);
      documents.add(
          new RowDocument(new RowKey(fields.text("kind", ""), fields.text("name", "")), fields));
    }
    Snapshot snapshot = Snapshot.of(1, documents);
    aws.item(
        TABLE,
        JsonObject.of(
            Map.of(
                "id", Map.of("S", "live"),
                "number", Map.of("N", "1"),
                "format", Map.of("N", "1"),
                "sha256", Map.of("S", snapshot.sha256()),
                "content",
                    Map.of(
                        "B", Base64.getEncoder().encodeToString(SnapshotCodec.encode(snapshot))))));
  }

  private List<JsonObject> records() throws Exception {
    List<JsonObject> records = new ArrayList<>();
    for (String message : aws.messages(QUEUE)) {
      String text = ((JsonObject) Json.read(message)).text("text", "");
      records.add((JsonObject) Json.read(text));
    }
    return records;
  }

  private ByteArrayOutputStream recording() {
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        flushed.add(toString(StandardCharsets.UTF_8));
        reset();
      }
    };
  }

  private JsonObject prelude() throws Exception {
    String all = String.join("", flushed);
    return (JsonObject) Json.read(all.substring(0, all.indexOf(NULS)));
  }

  private String body() {
    String all = String.join("", flushed);
    return all.substring(all.indexOf(NULS) + NULS.length());
  }

  private static String event(String name) throws IOException {
    return Files.readString(EVENTS.resolve(name));
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> "request-1";
                  case "getRemainingTimeInMillis" -> 60_000;
                  default -> null;
                });
  }
}
