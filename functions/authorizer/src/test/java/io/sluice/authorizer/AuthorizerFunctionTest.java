package io.sluice.authorizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.sluice.core.http.Headers;
import io.sluice.core.identity.Caller;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.testing.AwsStub;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.RecordingEnvironment;
import io.sluice.testing.TestKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorizer as API Gateway sees it. */
final class AuthorizerFunctionTest {

  private static final String METHOD_ARN =
      "arn:aws:execute-api:eu-central-1:123456789012:abc123/prod/POST/v2/code/completions";
  private static final GitLabStub GITLAB = GitLabStub.start();
  private static final TestKey OWN = TestKey.create("own");
  private static final TestKey EARLIER = TestKey.create("earlier");
  private static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private static final String TABLE = "sluice-state";
  private static final String ARN = "arn:aws:kms:eu-central-1:123456789012:key/own";
  private static final String EARLIER_ARN = "arn:aws:kms:eu-central-1:123456789012:key/earlier";

  private final RecordedLog log = new RecordedLog();
  private final AwsStub aws = AwsStub.start().table(TABLE).key(ARN, OWN).key(EARLIER_ARN, EARLIER);

  @AfterEach
  void stop() {
    aws.close();
  }

  @AfterAll
  static void close() {
    GITLAB.close();
  }

  @Test
  void givenValidCall_whenAuthorized_thenEveryMethodIsAllowedAndTheCallerHandedOn()
      throws Exception {
    JsonObject answer = decide(function(), event(GITLAB.headers()));

    assertThat(statement(answer))
        .isEqualTo(
            JsonObject.builder()
                .put("Action", "execute-api:Invoke")
                .put("Effect", "Allow")
                .put("Resource", "arn:aws:execute-api:eu-central-1:123456789012:abc123/prod/*")
                .build());
    assertThat(answer.text("principalId")).isEqualTo(GitLabStub.INSTANCE);
    Caller caller = Caller.fromContext(context(answer));
    assertThat(caller.can("complete_code")).isTrue();
    assertThat(caller.issuer()).isEqualTo(GITLAB.url());
    assertThat(log.lines()).noneMatch(line -> line.contains("refused"));
  }

  @Test
  void givenNoToken_whenAuthorized_thenDeniedWithTheContractsTextAndTheReasonIsLogged()
      throws Exception {
    JsonObject answer = decide(function(), event(Headers.of("X-Request-ID", "abc")));

    assertThat(statement(answer).text("Effect")).isEqualTo("Deny");
    assertThat(context(answer)).isEqualTo(Map.of("error", Refusals.NO_AUTHORIZATION));
    assertThat(answer.text("principalId")).isEqualTo("nobody");
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("a request was refused", "abc", "there is no Authorization header");
  }

  @Test
  void givenHeaderOccursTwice_whenAuthorized_thenDenied() throws Exception {
    Headers twice = GITLAB.headers().and(Headers.of("x-gitlab-realm", "saas"));

    assertThat(context(decide(function(), event(twice))))
        .containsEntry("error", "Header mismatch 'X-Gitlab-Realm'");
  }

  @Test
  void givenUserTokenOfOurs_whenAuthorized_thenAllowed() throws Exception {
    JsonObject answer = decide(function(), event(userToken()));

    assertThat(statement(answer).text("Effect")).isEqualTo("Allow");
    assertThat(Caller.fromContext(context(answer)).userToken()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"methodArn\":\"a\",\"headers\":{\"Authorization\":\"Bearer x\"}}",
        "{\"methodArn\":\"a/b\",\"multiValueHeaders\":null}",
        "{\"methodArn\":\"a\",\"multiValueHeaders\":{\"Authorization\":\"x\",\"B\":[1]}}"
      })
  void givenEventWithoutHeaderLines_whenAuthorized_thenDenied(String event) throws Exception {
    assertThat(context(decide(function(), event)))
        .containsEntry("error", Refusals.NO_AUTHORIZATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"methodArn\":1}"})
  void givenNoAuthorizerEvent_whenAsked_thenItFails(String event) {
    assertThatThrownBy(() -> decide(function(), event))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the event is no");
  }

  @Test
  void givenPinnedKeys_whenGitLabHasNoUrl_thenItsTokensAreAllowed() throws Exception {
    String pinned =
        Json.text(JsonObject.of(Map.of(GITLAB.url(), Map.of("keys", List.of(GITLAB.key().jwk())))));
    int hits = GITLAB.discoveryHits();

    JsonObject answer =
        decide(
            function(Map.of("SLUICE_PINNED_KEYS", pinned, "SLUICE_GITLAB_URLS", GITLAB.url())),
            event(GITLAB.headers()));

    assertThat(statement(answer).text("Effect")).isEqualTo("Allow");
    assertThat(GITLAB.discoveryHits()).isEqualTo(hits);
  }

  @Test
  void givenCustomersPortal_whenSwitchedOn_thenItIsAnIssuer() {
    Map<String, String> urls = Map.of("SLUICE_GITLAB_URLS", "https://a, https://b/git/,https://a");

    assertThat(names(urls)).containsExactly("https://a", "https://b/git");
    Map<String, String> on = new LinkedHashMap<>(urls);
    on.put("SLUICE_CUSTOMERS_PORTAL", "true");
    assertThat(names(on)).contains("https://customers.gitlab.com");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "SLUICE_GITLAB_URLS            | ''",
        "SLUICE_GITLAB_URLS            | gitlab.example.com",
        "SLUICE_PINNED_KEYS            | {",
        "SLUICE_PINNED_KEYS            | []",
        "SLUICE_PINNED_KEYS            | {\"https://a\":{}}",
        "SLUICE_STATE_TABLE            | ''",
        "AWS_REGION                    | ''",
        "SLUICE_CA_BUNDLE              | /nowhere.pem",
      },
      delimiter = '|')
  void givenVariable_whenMalformed_thenTheMessageNamesIt(String variable, String value) {
    Map<String, String> environment = environment(Map.of(variable, value));

    assertThatThrownBy(() -> new AuthorizerFunction(environment, log, Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }

  @Test
  void givenKeysOfThePublisher_whenGitLabIsDown_thenItsTokensAreAllowed() throws Exception {
    aws.keys(TABLE, GITLAB.url(), Json.text(JsonObject.of(Map.of("keys", jwks()))));
    int hits = GITLAB.discoveryHits();

    JsonObject answer = decide(function(), event(GITLAB.headers()));

    assertThat(statement(answer).text("Effect")).isEqualTo("Allow");
    assertThat(GITLAB.discoveryHits()).isEqualTo(hits);
    assertThat(aws.calls("GetItem")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"keys\":[]}"})
  void givenDamagedKeysInTheTable_whenAuthorized_thenTheyAreFetched(String jwks) throws Exception {
    aws.keys(TABLE, GITLAB.url(), jwks);

    assertThat(statement(decide(function(), event(GITLAB.headers()))).text("Effect"))
        .isEqualTo("Allow");
  }

  @Test
  void givenATableThatCantBeRead_whenAuthorized_thenKeysAreFetchedAndTheLogSaysWhatToChange()
      throws Exception {
    var denied = AwsStub.error(400, "AccessDeniedException", "no");
    aws.next("GetItem", denied, denied);

    assertThat(statement(decide(function(), event(GITLAB.headers()))).text("Effect"))
        .isEqualTo("Allow");
    assertThat(log.lines()).anyMatch(line -> line.contains("dynamodb:GetItem on table " + TABLE));
  }

  @Test
  void givenNoUserToken_whenAuthorized_thenKmsIsNotAsked() throws Exception {
    var _ = decide(function(), event(GITLAB.headers()));

    assertThat(aws.calls("GetPublicKey")).isEmpty();
  }

  @Test
  void givenUserTokens_whenAuthorized_thenKmsIsAskedOnceForEachKey() throws Exception {
    AuthorizerFunction function = function();

    for (int i = 0; i < 3; i++) {
      assertThat(statement(decide(function, event(userToken()))).text("Effect")).isEqualTo("Allow");
    }

    assertThat(aws.calls("GetPublicKey")).hasSize(2);
  }

  @Test
  void givenAKeyThatCantBeRead_whenAuthorized_thenTheOthersVerifyAndTheLogSaysWhatToChange()
      throws Exception {
    aws.next("GetPublicKey", AwsStub.error(400, "AccessDeniedException", "no"));
    AuthorizerFunction function =
        function(
            Map.of(
                "SLUICE_GITLAB_URLS",
                GITLAB.url(),
                "SLUICE_USER_TOKEN_KEYS",
                EARLIER_ARN + ", " + ARN));

    assertThat(statement(decide(function, event(userToken()))).text("Effect")).isEqualTo("Allow");
    assertThat(log.lines())
        .anyMatch(line -> line.contains("kms:GetPublicKey on key " + EARLIER_ARN));
  }

  @Test
  void givenNoKeysOfUserTokens_whenAUserTokenComes_thenDenied() throws Exception {
    JsonObject answer =
        decide(function(Map.of("SLUICE_GITLAB_URLS", GITLAB.url())), event(userToken()));

    assertThat(statement(answer).text("Effect")).isEqualTo("Deny");
  }

  @Test
  void givenTheFunction_whenStarted_thenItReadsExactlyTheVariablesThatItSaysItReads()
      throws Exception {
    RecordingEnvironment environment = new RecordingEnvironment(environment(Map.of()));
    var _ = new AuthorizerFunction(environment, log, Clock.systemUTC());

    assertThat(environment.read()).isEqualTo(RecordingEnvironment.declared());
  }

  private static List<JsonObject> jwks() {
    return List.of(GITLAB.key().jwk());
  }

  private static Headers userToken() {
    return GITLAB.headers(
        GITLAB
            .token()
            .signedBy(OWN.withKid(Issuer.USER_TOKENS_KEY_ID))
            .claim("iss", Issuer.USER_TOKENS)
            .claim("sub", GitLabStub.USER)
            .build());
  }

  private AuthorizerFunction function() {
    return function(
        Map.of(
            "SLUICE_GITLAB_URLS", GITLAB.url(), "SLUICE_USER_TOKEN_KEYS", ARN + "," + EARLIER_ARN));
  }

  private AuthorizerFunction function(Map<String, String> variables) {
    return new AuthorizerFunction(environment(variables), log, Clock.systemUTC());
  }

  private Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new LinkedHashMap<>(aws.environment());
    environment.put("SLUICE_GITLAB_URLS", "https://gitlab.example.com");
    environment.put("SLUICE_STATE_TABLE", TABLE);
    environment.putAll(variables);
    return environment;
  }

  private List<String> names(Map<String, String> variables) {
    return AuthorizerSettings.of(environment(variables)).issuers().stream()
        .map(Issuer::name)
        .toList();
  }

  private static String event(Headers headers) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> lines.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value));
    return Json.text(
        JsonObject.builder()
            .put("type", "REQUEST")
            .put("methodArn", METHOD_ARN)
            .put("multiValueHeaders", lines)
            .build());
  }

  private static JsonObject decide(AuthorizerFunction function, String event) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, CONTEXT);
    return (JsonObject) Json.read(out.toByteArray());
  }

  private static JsonObject statement(JsonObject answer) {
    JsonObject policy = answer.object("policyDocument");
    assertThat(policy).isNotNull();
    JsonArray statements = policy.array("Statement");
    assertThat(statements).hasSize(1);
    return (JsonObject) statements.get(0);
  }

  private static Map<String, String> context(JsonObject answer) {
    JsonObject context = answer.object("context");
    assertThat(context).isNotNull();
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> member : context.members().entrySet()) {
      texts.put(member.getKey(), ((JsonString) member.getValue()).value());
    }
    return texts;
  }
}
