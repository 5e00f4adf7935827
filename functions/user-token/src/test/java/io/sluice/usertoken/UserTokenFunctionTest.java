package io.sluice.usertoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLines;
import io.sluice.testing.AwsStub;
import io.sluice.testing.RecordingEnvironment;
import io.sluice.testing.TestKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTokenFunctionTest {

  private static final String ARN = "arn:aws:kms:eu-central-1:123456789012:key/user-tokens";
  private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/1/sluice-audit";
  private static final TestKey KEY = TestKey.create("ours");

  private final AwsStub aws = AwsStub.start().key(ARN, KEY);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void givenACaller_whenAsked_thenTheTokenIsSignedByKmsAndRecorded() throws Exception {
    String answer = handle("POST");

    assertThat(answer).startsWith("{\"statusCode\":200");
    String token = body(answer).text("token", "");
    int end = token.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(KEY.pair().getPublic());
    signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)))).isTrue();
    assertThat(records())
        .extracting(record -> record.text("record") + " " + record.text("route"))
        .containsExactly(
            "opening POST /v1/code/user_access_token", "closing POST /v1/code/user_access_token");
    assertThat(Json.text(records().getLast())).contains("\"scopes_used\":[\"complete_code\"]");
    assertThat(log.toString(StandardCharsets.US_ASCII)).doesNotContain(token);
  }

  @Test
  void givenAKeyThatMayNotSign_whenAsked_thenTheLogNamesThePermission() throws Exception {
    aws.next("Sign", AwsStub.error(400, "AccessDeniedException", "no"));

    String answer = handle("POST");

    assertThat(answer).startsWith("{\"statusCode\":500").endsWith("Failed to generate JWT\"}");
    assertThat(log.toString(StandardCharsets.US_ASCII)).contains("kms:Sign on key " + ARN);
    assertThat(records().getLast().text("error_code")).isEqualTo("signing_failed");
  }

  @Test
  void givenAnotherMethod_whenAsked_thenItIsNotAllowed() throws Exception {
    assertThat(handle("GET")).startsWith("{\"statusCode\":405").contains("\"Allow\":\"POST\"");
    assertThat(records().getLast().text("error_code")).isEqualTo("method_not_allowed");
  }

  @Test
  void givenNoCaller_whenAsked_thenItIsRefused() throws Exception {
    String event = "{\"httpMethod\":\"POST\",\"path\":\"/v1/code/user_access_token\"}";

    assertThat(handleEvent(event)).startsWith("{\"statusCode\":401");
    assertThat(aws.calls("Sign")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLUICE_SIGNING_KEY", "SLUICE_AUDIT_QUEUE_URL", "AWS_REGION"})
  void givenAMissingVariable_whenStarted_thenItIsNamed(String variable) {
    Map<String, String> environment = new HashMap<>(environment());
    environment.remove(variable);

    assertThatThrownBy(() -> new UserTokenFunction(environment, lines(), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }

  @Test
  void givenTheFunction_whenStarted_thenItReadsExactlyTheVariablesThatItSaysItReads()
      throws Exception {
    RecordingEnvironment environment = new RecordingEnvironment(environment());
    new UserTokenFunction(environment, lines(), Clock.systemUTC()).close();

    assertThat(environment.read()).isEqualTo(RecordingEnvironment.declared());
  }

  private String handle(String method) throws Exception {
    String event =
        Files.readString(Path.of("../../events/code_completions.json"))
            .replace("/v2/code/completions", "/v1/code/user_access_token")
            .replace("\"httpMethod\": \"POST\"", "\"httpMethod\": \"" + method + "\"");
    return handleEvent(event);
  }

  private String handleEvent(String event) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (UserTokenFunction function =
        new UserTokenFunction(environment(), lines(), Clock.systemUTC())) {
      function.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, context());
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("SLUICE_SIGNING_KEY", ARN);
    environment.put("SLUICE_AUDIT_QUEUE_URL", QUEUE);
    return environment;
  }

  private JsonLines lines() {
    return new JsonLines(log, Clock.systemUTC());
  }

  private static JsonObject body(String answer) throws Exception {
    return (JsonObject) Json.read(answer.substring(answer.lastIndexOf('\0') + 1));
  }

  private List<JsonObject> records() throws Exception {
    List<JsonObject> records = new ArrayList<>();
    for (String message : aws.messages(QUEUE)) {
      String text = ((JsonObject) Json.read(message)).text("text", "");
      records.add((JsonObject) Json.read(text));
    }
    return records;
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
