package io.sluice.router;

import static io.sluice.router.RouterFixture.COMPLETIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, verbs, probes and bodies (contract 1). */
class RouterTest {

  private final RouterFixture gateway = new RouterFixture();

  private RecordedAnswer get(String path) {
    return gateway.send("GET", path, Body.EMPTY);
  }

  private boolean isOpen(String method, String path) {
    return gateway
        .router()
        .isOpen(
            new HttpRequest(
                method,
                path,
                "",
                Headers.EMPTY,
                Body.EMPTY,
                new HttpRequest.Client("127.0.0.1", 1),
                "1.1",
                0));
  }

  @Test
  void givenTheHealthProbe_whenAsked_thenAnEmptyObject() {
    RecordedAnswer answer = get("/monitoring/healthz");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{}");
  }

  @Test
  void givenTheReadinessProbe_whenConfigurationAndKeysAreThere_thenReady() {
    assertThat(get("/monitoring/ready").status()).isEqualTo(200);

    gateway.keysReady = false;
    assertThat(get("/prod/monitoring/ready").status()).isEqualTo(503);

    gateway.keysReady = true;
    gateway.table.ready = false;
    assertThat(get("//monitoring/ready").text()).contains("\"config\":\"no snapshot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/definitions", "/v1/models%2Fdefinitions"})
  void givenTheModelList_whenAsked_thenItIsEmptyButValid(String path) {
    assertThat(get(path).text()).isEqualTo("{\"models\":[],\"unit_primitives\":[]}");
  }

  @Test
  void givenHead_whenAsked_thenThereIsNoBody() {
    RecordedAnswer root = gateway.send("HEAD", "/", Body.EMPTY);
    assertThat(root.status()).isEqualTo(200);
    assertThat(root.text()).isEmpty();

    assertThat(gateway.send("HEAD", "/monitoring/healthz", Body.EMPTY).text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, /, true",
    "GET, /, false",
    "GET, /monitoring/healthz, true",
    "GET, /monitoring/healthz/, false",
    "GET, /monitoring/ready, true",
    "GET, /metrics, true",
    "GET, /v1/models%2Fdefinitions, true",
    "POST, /v2/code/completions, false",
    "GET, /v1/prompts/monitoring/healthz, false",
    "GET, /monitoring/../v2/code/completions, false",
  })
  void givenAPath_whenAskedForAToken_thenOnlyProbesNeedNone(
      String method, String path, boolean open) {
    assertThat(isOpen(method, path)).isEqualTo(open);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/metrics",
        "/docs",
        "/v1/code/completions",
        "/v1/x-ray/libraries",
        "/v1/proxy/openai/v1/models",
        "/v1/amazon_q/events",
        "/v9/none",
        "/v1/prompts/",
        "/v1/prompts/chat%2f..%2fgenerate_commit_message",
        "/v1/prompts/%zz",
        "/v2/code/completions/x",
      })
  void givenAnUnknownPath_whenAsked_thenNotFound(String path) {
    RecordedAnswer answer = gateway.post(path, "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("{\"detail\":\"Not Found\"}");
    assertThat(gateway.closing().text("error_code")).isEqualTo("not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/code/completions, POST",
    "HEAD, /v4/code/suggestions, POST",
    "DELETE, /v1/prompts/x, POST",
    "GET, /v1/code/user_access_token, POST",
    "POST, /monitoring/healthz, 'GET, HEAD'",
  })
  void givenAWrongVerb_whenAsked_thenTheRightOnesAreNamed(
      String method, String path, String allowed) {
    RecordedAnswer answer = gateway.send(method, path, Body.EMPTY);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().first("Allow")).isEqualTo(allowed);
  }

  @Test
  void givenATrailingSlashAndAQuery_whenRedirected_thenTheQueryIsKept() {
    HttpRequest request =
        new HttpRequest(
            "POST",
            "/v2/code/completions/",
            "a=b",
            Headers.of("Host", "gateway.example"),
            Body.EMPTY,
            new HttpRequest.Client("127.0.0.1", 1),
            "1.1",
            0);

    assertThat(Redirect.to(request, "http", "/v2/code/completions").headers().first("Location"))
        .isEqualTo("http://gateway.example/v2/code/completions?a=b");
  }

  @Test
  void givenAnUnknownVersion_whenRefused_thenRecordsRepeatNothingOfTheBody() {
    RecordedAnswer answer =
        gateway.post(
            RouterFixture.COMMIT_MESSAGE,
            "{\"inputs\":{\"diff\":\"d\"},\"prompt_version\":\"zq-canary\"}");

    assertThat(answer.text()).contains("zq-canary");
    assertThat(gateway.audit.toString() + gateway.log).doesNotContain("zq-canary");
  }

  @Test
  void givenATrailingSlash_whenAsked_thenRedirectedToTheRequestsHost() {
    gateway.header("Host", "gateway.example:8443");

    RecordedAnswer answer = gateway.post("/v2/code/completions/", "{}");

    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.headers().first("Location"))
        .isEqualTo("http://gateway.example:8443/v2/code/completions");
    assertThat(answer.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example/x", "a b", "user@host", "", "[::1"})
  void givenAHostThatIsNone_whenRedirected_thenTheLocationNamesNoHost(String host) {
    gateway.header("Host", host);

    RecordedAnswer answer = gateway.send("GET", "//monitoring/ready/", Body.EMPTY);

    assertThat(answer.headers().first("Location")).isEqualTo("/monitoring/ready");
  }

  @Test
  void givenABodyThatCannotBeRead_whenAsked_thenRefusedBeforeItsSchema() {
    assertThat(gateway.send("POST", COMPLETIONS, new Body.TooLarge()).status()).isEqualTo(413);
    assertThat(gateway.closing().text("error_code")).isEqualTo("body_refused");
    assertThat(gateway.send("POST", COMPLETIONS, new Body.TooSlow()).status()).isEqualTo(408);

    gateway.header("Content-Encoding", "gzip");
    assertThat(gateway.post(COMPLETIONS, "{}").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 403",
    "application/json; charset=utf-8, 403",
    "Application/JSON, 403",
    "application/vnd.gitlab+json, 403",
    "text/plain, 422",
    "application/x-www-form-urlencoded, 422",
    "application/jsonx, 422",
    "'', 422",
  })
  void givenAContentType_whenAsked_thenOnlyJsonIsRead(String type, int status) {
    gateway.headers = type.isEmpty() ? Headers.EMPTY : Headers.of("Content-Type", type);
    gateway.scopes = java.util.Set.of();
    String body =
        """
        {"prompt_version":1,"current_file":{"file_name":"a.rb","content_above_cursor":"",
         "content_below_cursor":""}}
        """;

    assertThat(gateway.post(COMPLETIONS, body).status()).isEqualTo(status);
  }

  @Test
  void givenABodyThatIsNoUtf8_whenAsked_thenInvalid() {
    byte[] bytes = "{\"prompt_version\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    RecordedAnswer answer = gateway.send("POST", COMPLETIONS, new Body.Complete(bytes));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.detail()).isEqualTo("Validation error");
  }

  @Test
  void givenVerboseLogging_whenTheSchemaIsViolated_thenTheProblemsAreListedWithoutValues() {
    gateway.header("x-gitlab-enabled-instance-verbose-ai-logs", "true");

    RecordedAnswer answer =
        gateway.post(COMPLETIONS, "{\"prompt_version\":2,\"stream\":\"zq-secret\"}");

    assertThat(answer.detail())
        .contains("current_file: is required", "stream: must be a boolean")
        .doesNotContain("zq-secret");
  }
}
