package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLines;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayFunctionTest {

  private static final Path EVENTS = Path.of("../../events");
  private static final String NULS = "\0".repeat(8);

  private final ModelStub models = ModelStub.start();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> flushed = new ArrayList<>();

  @AfterEach
  void stop() {
    models.close();
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
    assertThat(log.toString(StandardCharsets.US_ASCII))
        .contains("\"audit_record\":{\"record\":\"opening\"")
        .contains("\"audit_record\":{\"record\":\"closing\"")
        .contains("\"logger\":\"api.access\"");
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

    assertThat(log.toString(StandardCharsets.US_ASCII)).contains("\"outcome\":\"failed\"");
  }

  @ParameterizedTest
  @CsvSource({
    "SLUICE_MODEL_NAME, ''",
    "SLUICE_MODEL_FAMILY, unheard",
    "SLUICE_MODEL_COMPLETION, both",
    "SLUICE_MODEL_CONTEXT_TOKENS, many",
    "SLUICE_MODEL_OUTPUT_TOKENS, 0",
    "SLUICE_ALLOW_ENDPOINTS, ftp://x",
    "SLUICE_MODEL_ENDPOINT, nonsense",
    "SLUICE_CA_BUNDLE, /nowhere.pem",
  })
  void givenAMalformedVariable_whenStarted_thenItIsNamed(String variable, String value) {
    Map<String, String> environment = new java.util.HashMap<>(environment());
    environment.put(variable, value);

    assertThatThrownBy(() -> new GatewayFunction(environment, lines(), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }

  @Test
  void givenNoDefaultModel_whenStarted_thenItIsRefusedByNameOfTheRow() throws Exception {
    new GatewayFunction(Map.of(), lines(), Clock.systemUTC())
        .handleRequest(
            new ByteArrayInputStream(
                event("code_generations.json").getBytes(StandardCharsets.UTF_8)),
            recording(),
            context());

    assertThat(prelude().number("statusCode")).isGreaterThanOrEqualTo(400);
  }

  private void handle(String event) throws IOException {
    function()
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            recording(),
            context());
  }

  private GatewayFunction function() {
    return new GatewayFunction(environment(), lines(), Clock.systemUTC());
  }

  private JsonLines lines() {
    return new JsonLines(log, Clock.systemUTC());
  }

  private Map<String, String> environment() {
    return Map.of("SLUICE_MODEL_ENDPOINT", models.url(), "SLUICE_MODEL_NAME", "tiny");
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
