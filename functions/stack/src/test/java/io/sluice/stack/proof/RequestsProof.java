package io.sluice.stack.proof;

import static io.sluice.stack.proof.PackagedStack.COMPLETION;
import static io.sluice.stack.proof.PackagedStack.GENERATION;
import static io.sluice.stack.proof.PackagedStack.s;
import static io.sluice.stack.proof.PackagedStack.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.http.Headers;
import io.sluice.core.json.JsonObject;
import io.sluice.stack.StackLog;
import io.sluice.testing.ModelAnswer;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged functions behind their API, router and backend apart: what GitLab sees, what is
 * recorded, and what an edited row changes. One stack for all; the first test finds it new.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RequestsProof {

  private static @Nullable PackagedStack started;

  @BeforeAll
  static void start() throws Exception {
    started = PackagedStack.start(Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    packaged().close();
  }

  private static PackagedStack packaged() {
    return Objects.requireNonNull(started);
  }

  @Test
  @Order(1)
  void givenANewStackWithoutRows_whenGitLabChecks_thenItIsHealthyAndTheDefaultModelAnswers()
      throws Exception {
    assertThat(packaged().get("/monitoring/healthz").statusCode()).isEqualTo(200);
    packaged().model().byDefault(ModelAnswer.text("text[::-1]"));
    HttpResponse<String> answer = packaged().post("/v2/code/completions", COMPLETION);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("text[::-1]");
    assertThat(packaged().model().lastCall().model()).isEqualTo("default-model");
    packaged().awaitPublisher();
  }

  @Test
  @Order(2)
  void givenARow_whenItIsEdited_thenTheNextRequestsAreRoutedAnew() throws Exception {
    packaged().model().model("first-model", ModelAnswer.text("one"));
    packaged().model().model("second-model", ModelAnswer.text("two"));
    model("first");
    model("second");
    packaged().row("feature", "code_completions", Map.of("targets", targets("first")));
    awaitModel("first-model");
    packaged().row("feature", "code_completions", Map.of("targets", targets("second")));
    awaitModel("second-model");
    JsonObject row =
        packaged()
            .stack()
            .tables()
            .get(
                "duo-routes",
                JsonObject.of(Map.of("kind", s("feature"), "name", s("code_completions"))));
    assertThat(String.valueOf(row)).contains("status");
  }

  private static void model(String name) throws Exception {
    packaged()
        .row(
            "model",
            name,
            Map.of(
                "provider", s("openai"),
                "family", s("general"),
                "model", s(name + "-model"),
                "endpoint", s(packaged().model().url())));
  }

  private static void awaitModel(String model) throws Exception {
    var _ =
        packaged()
            .eventually(
                () -> {
                  HttpResponse<String> answer = packaged().post("/v2/code/completions", COMPLETION);
                  return (answer.statusCode() == 200
                          && packaged().model().lastCall().model().equals(model))
                      ? answer
                      : null;
                });
  }

  @Test
  @Order(3)
  void givenAStream_whenTheModelPauses_thenTheWordsArriveAsTheyCome() throws Exception {
    List<JsonObject> _ = packaged().records();
    PackagedRequestProof.StreamedAnswer.prove(packaged());
  }

  @Test
  @Order(4)
  void givenAUserToken_whenItIsMinted_thenItOpensTheApi() throws Exception {
    HttpResponse<String> minted =
        packaged().post("/v1/code/user_access_token", packaged().gitLab().headers(), "");
    assertThat(minted.statusCode()).as(minted.body() + packaged().log()).isEqualTo(200);
    String token = PackagedStack.object(minted.body()).text("token", "");
    HttpResponse<String> answer =
        packaged().post("/v2/completions", packaged().gitLab().headers(token), COMPLETION);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authorization | | {\"error\":\"No authorization header presented\"}",
        "authorization | Basic eDp5 | {\"error\":\"Invalid authorization header\"}",
        "authorization | Bearer x.y.z | {\"error\":\"Forbidden by auth provider\"}",
        "x-gitlab-authentication-type | jwt | {\"error\":\"Invalid authentication token type - only"
            + " OIDC is supported\"}",
        "x-gitlab-instance-id | other | {\"error\":\"Header mismatch 'X-Gitlab-Instance-Id'\"}",
        "x-gitlab-realm | saas | {\"error\":\"Header mismatch 'X-Gitlab-Realm'\"}",
      })
  @Order(5)
  void givenARequestThatIsNotAuthentic_whenRefused_thenTheBodyIsTheContractsByteForByte(
      String header, @Nullable String value, String body) throws Exception {
    Headers.Builder headers = Headers.builder();
    packaged()
        .gitLab()
        .headers()
        .forEach(
            (name, sent) -> {
              if (!name.equalsIgnoreCase(header)) {
                headers.add(name, sent);
              } else if (value != null) {
                headers.add(name, value);
              }
            });
    Headers sent = headers.build();
    HttpResponse<String> answer = packaged().post("/v2/code/completions", sent, COMPLETION);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("x-request-id"))
        .hasValue(Objects.requireNonNull(sent.first("X-Request-ID")));
    String id = answer.headers().firstValue("x-amzn-requestid").orElseThrow();
    String line =
        packaged()
            .eventually(
                () ->
                    packaged().stack().log().lines(StackLog.ACCESS).stream()
                        .filter(one -> one.contains(id))
                        .findFirst()
                        .orElse(null));
    assertThat(line).contains("\"status\":\"401\"").contains("ACCESS_DENIED");
  }

  @Test
  @Order(6)
  void givenRequestsOfEachKind_whenTheyEnd_thenEachHasItsRecords() throws Exception {
    List<JsonObject> _ = packaged().records();
    var _ = packaged().post("/v2/code/completions", COMPLETION);
    var _ = packaged().post("/v2/code/completions", "{");
    var _ = packaged().post("/v1/code/user_access_token", packaged().gitLab().headers(), "");
    assertThat(packaged().records())
        .extracting(record -> record.text("record", ""))
        .containsExactlyInAnyOrder(
            "opening", "closing", "opening", "closing", "opening", "closing");
  }

  @Test
  @Order(7)
  void givenSqsIsDown_whenARequestIsRefusedOrKept_thenNoRecordIsLost() throws Exception {
    packaged().stack().down("SQS", true);
    try {
      HttpResponse<String> answer = packaged().post("/v2/code/completions", COMPLETION);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      var _ =
          packaged()
              .eventually(
                  () ->
                      packaged().stack().log().lines("duo-router").stream()
                                  .filter(line -> line.contains("\"audit_fallback\":true"))
                                  .count()
                              >= 2
                          ? true
                          : null);
    } finally {
      packaged().stack().down("SQS", false);
    }
    List<JsonObject> _ = packaged().records();
    assertThat(packaged().post("/v2/code/completions", COMPLETION).statusCode()).isEqualTo(200);
    assertThat(packaged().records()).hasSize(2);
  }

  @Test
  @Order(8)
  void givenAThrottledBackend_whenAsked_thenTheAnswerIs429WithRetryAfter() throws Exception {
    packaged().stack().function("backend-openai").reserve(0);
    try {
      HttpResponse<String> answer = packaged().post("/v2/code/completions", COMPLETION);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
    } finally {
      packaged().stack().function("backend-openai").reserve(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({"router, 15", "router, 9", "backend-openai, 15", "backend-openai, 9"})
  @Order(9)
  void givenAStream_whenItsFunctionIsEnded_thenTheCallerSeesAnErrorOrACutAndTheNextIsAnswered(
      String function, int signal) throws Exception {
    packaged()
        .model()
        .byDefault(
            ModelAnswer.text("def first():\n", "    pass\n", "never")
                .every(Duration.ofMillis(200))
                .ending(ModelAnswer.End.SILENCE));
    packaged().row("feature", "code_generations", Map.of("targets", targets("default")));
    List<JsonObject> _ = packaged().records();
    HttpResponse<InputStream> answer = packaged().open("/v2/code/generations", GENERATION);
    assertThat(answer.statusCode()).isEqualTo(200);
    String rest = "";
    try (InputStream body = answer.body()) {
      assertThat(new String(body.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("def f");
      packaged().stack().function(function).signal(signal);
      rest = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      rest = "cut";
    }
    assertThat(rest).isNotNull();
    boolean recorded = !(function.equals("router") && signal == 9);
    if (recorded) {
      var _ =
          packaged()
              .eventually(
                  () ->
                      packaged().records().stream()
                              .anyMatch(one -> one.text("record", "").equals("closing"))
                          ? true
                          : null);
    }
    packaged().model().byDefault(ModelAnswer.text("def again():\n"));
    assertThat(packaged().post("/v2/code/completions", COMPLETION).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(10)
  void givenAFrozenStack_whenItWakesAfterEveryFreshnessLimit_thenItAnswers() throws Exception {
    packaged().model().byDefault(ModelAnswer.text("text[::-1]"));
    assertThat(packaged().post("/v2/code/completions", COMPLETION).statusCode()).isEqualTo(200);
    // Idle sandboxes are stopped (SIGSTOP): connections and snapshot grow older than 60 s
    // meanwhile.
    Thread.sleep(Duration.ofSeconds(66));
    HttpResponse<String> answer = packaged().post("/v2/code/completions", COMPLETION);
    assertThat(answer.statusCode()).as(answer.body() + packaged().log()).isEqualTo(200);
  }

  @Test
  @Order(11)
  void givenAllThatWasAsked_whenThePermissionsAreLookedAt_thenNoneWasMissing() {
    assertThat(packaged().stack().refusals()).isEmpty();
  }
}
