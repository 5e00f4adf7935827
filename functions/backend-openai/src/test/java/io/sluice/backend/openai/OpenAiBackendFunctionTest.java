package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelProtocol;
import io.sluice.core.model.Target;
import io.sluice.testing.AwsStub;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.RecordingEnvironment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiBackendFunctionTest {

  private static final com.amazonaws.services.lambda.runtime.Context CONTEXT =
      (com.amazonaws.services.lambda.runtime.Context)
          Proxy.newProxyInstance(
              OpenAiBackendFunctionTest.class.getClassLoader(),
              new Class<?>[] {com.amazonaws.services.lambda.runtime.Context.class},
              (_, _, _) -> null);

  private static final String TABLE = "sluice-state";

  private final AwsStub aws = AwsStub.start().table(TABLE);

  @AfterEach
  void stop() {
    aws.close();
  }

  private OpenAiBackendFunction function(Map<String, String> variables) {
    return new OpenAiBackendFunction(environment(variables), (_, _, _, _) -> {}, Clock.systemUTC());
  }

  private Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("SLUICE_STATE_TABLE", TABLE);
    environment.put("SLUICE_SECRET_PREFIX", "sluice/");
    environment.putAll(variables);
    return environment;
  }

  private static List<ModelEvent> events(OpenAiBackendFunction function, byte[] call)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(call), out, CONTEXT);
    List<ModelEvent> events = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      events.add(ModelProtocol.readEvent(line.getBytes(StandardCharsets.UTF_8)));
    }
    return events;
  }

  @Test
  void givenACall_whenHandled_thenItsEventsAreLines() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      fixture.stub.model("m", ModelAnswer.text("a\n", "b"));
      ModelCall call = fixture.chat(fixture.metadata("openai", "m", null), true);
      assertThat(
              events(
                  function(
                      Map.of("SLUICE_ALLOW_ENDPOINTS", " https://x.example " + fixture.stub.url())),
                  ModelProtocol.write(call)))
          .containsExactly(
              new ModelEvent.Text("a\n"),
              new ModelEvent.Text("b"),
              new ModelEvent.Usage(11, 7, 3),
              new ModelEvent.Finish("stop"));
    }
  }

  @Test
  void givenNoAllowList_whenHandled_thenRefusedNamingTheVariable() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      ModelCall call = fixture.chat(fixture.metadata("openai", "m", null), true);
      Failure failure = (Failure) events(function(Map.of()), ModelProtocol.write(call)).getLast();
      assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
      assertThat(failure.message()).contains("SLUICE_ALLOW_ENDPOINTS");
    }
  }

  @Test
  void givenNoCall_whenHandled_thenAFailure() throws Exception {
    Failure failure = (Failure) events(function(Map.of()), new byte[] {'{', '}'}).getLast();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
  }

  @Test
  void givenABadVariable_whenMade_thenItIsNamed(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertThatThrownBy(() -> function(Map.of("SLUICE_ALLOW_ENDPOINTS", "x")))
        .hasMessageContaining("SLUICE_ALLOW_ENDPOINTS");
    assertThatThrownBy(() -> function(Map.of("SLUICE_CA_BUNDLE", empty.toString())))
        .hasMessageContaining("SLUICE_CA_BUNDLE")
        .hasMessageContaining("empty.pem");
    assertThatThrownBy(() -> function(Map.of("SLUICE_STATE_TABLE", "")))
        .hasMessageContaining("SLUICE_STATE_TABLE");
    assertThatThrownBy(() -> function(Map.of("SLUICE_SECRET_PREFIX", "")))
        .hasMessageContaining("SLUICE_SECRET_PREFIX");
  }

  @Test
  void givenTheDefaultModel_whenCalled_thenItsSecretIsReadAndReadAgainAfterA401() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      fixture.stub.model("tiny", ModelAnswer.status(401, "rotated"), ModelAnswer.text("a"));
      aws.secret("sluice/model-key", "{\"key\":\"sk-old\",\"hosts\":[\"127.0.0.1\"]}");
      OpenAiBackendFunction function = function(defaultModel(fixture));
      aws.next(
          "GetSecretValue",
          (call, connection) -> {
            aws.secret("sluice/model-key", "sk-new");
            connection.answer(200, "application/x-amz-json-1.1", "{\"SecretString\":\"sk-old\"}");
          });

      List<ModelEvent> events = events(function, call(fixture, new Target.Row("default", 0)));

      assertThat(events).contains(new ModelEvent.Text("a"));
      assertThat(aws.calls("GetSecretValue")).hasSize(2);
      assertThat(fixture.stub.calls())
          .extracting(call -> call.header("authorization"))
          .containsExactly("Bearer sk-old", "Bearer sk-new");
    }
  }

  @Test
  void givenASecretForAnotherHost_whenCalled_thenItIsNotSent() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      aws.secret("sluice/model-key", "{\"key\":\"sk-1\",\"hosts\":[\"llm.corp.example\"]}");

      Failure failure =
          (Failure)
              events(function(defaultModel(fixture)), call(fixture, new Target.Row("default", 0)))
                  .getLast();

      assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
      assertThat(failure.message()).contains("model-key", "may not be sent");
      assertThat(fixture.stub.calls()).isEmpty();
    }
  }

  @Test
  void givenATableThatCantBeRead_whenCalled_thenTheFailureNamesThePermission() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      var denied = AwsStub.error(400, "AccessDeniedException", "no");
      aws.next("GetItem", denied, denied, denied, denied);

      Failure failure =
          (Failure) events(function(Map.of()), call(fixture, new Target.Row("m", 7))).getLast();

      assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
      assertThat(failure.message()).contains("Model row m", "dynamodb:GetItem on table " + TABLE);
    }
  }

  @Test
  void givenACallUnderWay_whenTheFunctionEnds_thenItsAnswerIsBrokenOff() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      fixture.stub.model("tiny", ModelAnswer.text("a").ending(ModelAnswer.End.SILENCE));
      Map<String, String> environment = new HashMap<>(defaultModel(fixture));
      environment.put("SLUICE_MODEL_SECRET", "");
      OpenAiBackendFunction function = function(environment);
      ByteArrayOutputStream out =
          new ByteArrayOutputStream() {
            @Override
            public void flush() {
              Thread.ofVirtual().start(function::close);
            }
          };

      assertThatThrownBy(
              () ->
                  function.handleRequest(
                      new ByteArrayInputStream(call(fixture, new Target.Row("default", 0))),
                      out,
                      CONTEXT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended");
      assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }
  }

  @Test
  void givenTheFunction_whenStarted_thenItReadsExactlyTheVariablesThatItSaysItReads()
      throws Exception {
    RecordingEnvironment environment = new RecordingEnvironment(environment(Map.of()));
    var _ = new OpenAiBackendFunction(environment, (_, _, _, _) -> {}, Clock.systemUTC());

    assertThat(environment.read()).isEqualTo(RecordingEnvironment.declared());
  }

  private static Map<String, String> defaultModel(BackendFixture fixture) {
    return Map.of(
        "SLUICE_MODEL_ENDPOINT", fixture.stub.url(),
        "SLUICE_MODEL_NAME", "tiny",
        "SLUICE_MODEL_SECRET", "model-key");
  }

  private static byte[] call(BackendFixture fixture, Target target) {
    return ModelProtocol.write(fixture.chat(target, true));
  }
}
