package io.sluice.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.authorizer.Authentication.Authenticated;
import io.sluice.authorizer.Authentication.Rejected;
import io.sluice.core.http.Headers;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.TestKey;
import io.sluice.testing.TokenBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 2, refusal by refusal. */
final class AuthenticatorTest {

  private static final TestKey OWN_KEY = TestKey.create(Issuer.USER_TOKENS_KEY_ID);
  private static final TestKey FOREIGN_KEY = TestKey.create("foreign");
  private static final GitLabStub gitlab = GitLabStub.start();
  private static final GitLabStub otherGitlab =
      GitLabStub.start(0, "/gitlab", TestKey.create("other-cloud-connector"));
  private static final SocketOutboundClient outbound =
      Outbound.allowing(gitlab.url(), otherGitlab.url());

  private final MovableClock clock = new MovableClock();
  private final RecordedLog log = new RecordedLog();
  private final Authenticator authenticator = authenticator();

  @BeforeAll
  static void publish() {
    otherGitlab.publish(FOREIGN_KEY);
  }

  @AfterAll
  static void close() {
    outbound.close();
    gitlab.close();
    otherGitlab.close();
  }

  private Authenticator authenticator() {
    return Authenticator.of(
        List.of(
            Issuer.discovered(gitlab.url() + "/"),
            Issuer.discovered(otherGitlab.url()),
            Issuer.userTokens(OWN_KEY.publicKey())),
        outbound,
        KeyStore.NONE,
        log,
        clock);
  }

  @Test
  void givenRailsCall_whenAuthenticated_thenInstanceIsAttestedAndTheRestAsserted() {
    Caller caller = accepted(gitlab.headers());

    assertThat(caller.issuer()).isEqualTo(gitlab.url());
    assertThat(caller.userToken()).isFalse();
    assertThat(caller.instance()).isEqualTo(Identity.attested(GitLabStub.INSTANCE));
    assertThat(caller.realm()).isEqualTo(Identity.attested("self-managed"));
    assertThat(caller.user()).isEqualTo(Identity.asserted(GitLabStub.USER));
    assertThat(caller.namespace()).isEqualTo(Identity.asserted("7"));
    assertThat(caller.rootNamespace()).isEqualTo(Identity.asserted("3"));
    assertThat(caller.project()).isNull();
    assertThat(caller.scopes()).containsExactlyInAnyOrderElementsOf(GitLabStub.SCOPES);
    assertThat(caller.instanceUid()).isNull();
  }

  @Test
  void givenNamespaceClaims_whenAuthenticated_thenTheyAreAttestedOverTheHeaders() {
    Caller caller =
        accepted(
            gitlab.headers(
                gitlab
                    .token()
                    .claim("gitlab_namespace_id", 70)
                    .claim("gitlab_root_namespace_id", "30")
                    .claim("gitlab_project_id", 5)
                    .claim("gitlab_instance_uid", "uid")
                    .build()));

    assertThat(caller.namespace()).isEqualTo(Identity.attested("70"));
    assertThat(caller.rootNamespace()).isEqualTo(Identity.attested("30"));
    assertThat(caller.project()).isEqualTo(Identity.attested("5"));
    assertThat(caller.instanceUid()).isEqualTo("uid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "1.5", "\"x\"", "\"\"", "null", "[]", "true"})
  void givenRootNamespaceClaimThatIsNoId_whenAuthenticated_thenTheHeaderAsserts(String claim)
      throws Exception {
    var value = Json.read(claim);

    Caller caller =
        accepted(gitlab.headers(gitlab.token().claim("gitlab_root_namespace_id", value).build()));

    assertThat(caller.rootNamespace()).isEqualTo(Identity.asserted("3"));
  }

  @Test
  void givenUserToken_whenAuthenticated_thenOnlyUserAndInstanceUidAreAttested() {
    Caller caller =
        accepted(gitlab.headers(userToken().claim("gitlab_instance_uid", "uid").build()));

    assertThat(caller.userToken()).isTrue();
    assertThat(caller.user()).isEqualTo(Identity.attested(GitLabStub.USER));
    assertThat(caller.instance()).isEqualTo(Identity.attested("uid"));
    assertThat(caller.realm()).isEqualTo(Identity.asserted("self-managed"));
    assertThat(caller.namespace()).isEqualTo(Identity.asserted("9"));
    assertThat(caller.can("complete_code")).isTrue();
  }

  @Test
  void givenUserTokenWithoutInstanceUid_whenAuthenticated_thenTheInstanceIsAsserted() {
    Caller caller = accepted(gitlab.headers(userToken().build()));

    assertThat(caller.instance()).isEqualTo(Identity.asserted(GitLabStub.INSTANCE));
  }

  @Test
  void givenTwoGitLabs_whenEachSends_thenEachTokenVerifiesWithItsOwnKeys() {
    assertThat(accepted(otherGitlab.headers()).issuer()).isEqualTo(otherGitlab.url());
    assertThat(accepted(gitlab.headers()).issuer()).isEqualTo(gitlab.url());
  }

  @Test
  void givenAudienceAsText_whenAuthenticated_thenAccepted() {
    accepted(gitlab.headers(gitlab.token().claim("aud", "gitlab-ai-gateway").build()));
  }

  @Test
  void givenNoKid_whenAuthenticated_thenEveryKeyOfTheIssuerIsTried() {
    accepted(gitlab.headers(gitlab.token().withoutHeader("kid").build()));
    rejected(
        gitlab.headers(gitlab.token().signedBy(FOREIGN_KEY).withoutHeader("kid").build()),
        Refusals.FORBIDDEN,
        "signature is wrong");
  }

  @Test
  void givenAbsentOrEmptyClaims_whenAuthenticated_thenTheirComparisonIsSkipped() {
    Headers bare =
        Headers.builder()
            .add(
                "authorization",
                "bEARER " + gitlab.token().without("gitlab_realm").claim("sub", "").build())
            .add("x-gitlab-authentication-type", "oidc")
            .build();

    Caller caller = accepted(bare);

    assertThat(caller.instance()).isNull();
    assertThat(caller.realm()).isNull();
    assertThat(caller.user()).isNull();
  }

  @Test
  void givenNoScopes_whenAuthenticated_thenCallerHoldsNone() {
    assertThat(accepted(gitlab.headers(gitlab.token().without("scopes").build())).scopes())
        .isEmpty();
  }

  @Test
  void givenScopeWithASpace_whenAuthenticated_thenItCountsForNothing() {
    Caller caller =
        accepted(
            gitlab.headers(
                gitlab.token().claim("scopes", List.of("x complete_code", "", "y")).build()));

    assertThat(caller.scopes()).containsExactly("y");
  }

  @Test
  void givenTokenWithinLeeway_whenAuthenticated_thenAccepted() {
    long now = clock.instant().getEpochSecond();

    accepted(gitlab.headers(gitlab.token().claim("exp", now - 8).claim("nbf", now + 8).build()));
    accepted(
        gitlab.headers(gitlab.token().claim("exp", now + 60.5).claim("iat", now + 0.5).build()));
  }

  @Test
  void givenSeatCountDiffers_whenAuthenticated_thenAcceptedAndTold() {
    Headers headers =
        gitlab
            .headers(gitlab.token().claim("duo_seat_count", "10").build())
            .and(Headers.of("X-Gitlab-Duo-Seat-Count", "11"));

    accepted(headers);

    assertThat(log.lines()).anyMatch(line -> line.contains("X-Gitlab-Duo-Seat-Count differs"));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "-            | No authorization header presented | no Authorization",
        "''           | Invalid authorization header      | not Bearer",
        "Basic dTpw   | Invalid authorization header      | not Bearer",
        "Bearertoken  | Invalid authorization header      | not Bearer",
        "Bearer       | Forbidden by auth provider        | empty",
        "'Bearer '    | Forbidden by auth provider        | empty",
        "Bearer x     | Forbidden by auth provider        | three parts",
        "Bearer a.b   | Forbidden by auth provider        | three parts",
        "Bearer a.b.c.d | Forbidden by auth provider      | three parts",
        "Bearer .e30. | Forbidden by auth provider        | three parts",
        "Bearer a.b.c | Forbidden by auth provider        | header is no base64url",
        "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA | Forbidden by auth provider | iss",
        "Bearer eyJhbGciOiJSUzI1NiJ9==.e30.AA | Forbidden by auth provider | header is no",
        "Bearer W10.e30.AAAA | Forbidden by auth provider | header is no JSON object",
        "'Bearer eyJhbGciOiJSUzI1NiJ9.e30.A A' | Forbidden by auth provider | signature is no",
      },
      delimiter = '|',
      nullValues = "-")
  void givenAuthorization_whenUnacceptable_thenItsOwnText(
      @Nullable String authorization, String error, String reason) {
    Headers.Builder headers = Headers.builder().add("X-Gitlab-Authentication-Type", "oidc");
    if (authorization != null) {
      headers.add("Authorization", authorization);
    }

    rejected(headers.build(), error, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OIDC", "jwt", "oidc "})
  void givenAuthenticationType_whenNotOidc_thenRejected(String type) {
    rejected(
        replaced(gitlab.headers(), "X-Gitlab-Authentication-Type", type),
        Refusals.NOT_OIDC,
        "is not oidc");
  }

  @Test
  void givenNoAuthenticationType_whenAsked_thenRejectedBeforeTheTokenIsLookedAt() {
    rejected(Headers.of("Authorization", "Bearer nonsense"), Refusals.NOT_OIDC, "is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Invalid authorization header",
    "X-Gitlab-Authentication-Type, Invalid authentication token type - only OIDC is supported",
    "X-Gitlab-Realm, Header mismatch 'X-Gitlab-Realm'",
    "X-Gitlab-Instance-Id, Header mismatch 'X-Gitlab-Instance-Id'",
    "X-Gitlab-Global-User-Id, Header mismatch 'X-Gitlab-Global-User-Id'",
  })
  void givenSecurityHeader_whenItOccursTwice_thenRejected(String header, String error) {
    Headers headers = gitlab.headers();
    Headers same = Headers.of(header.toLowerCase(Locale.ROOT), headers.first(header, ""));

    rejected(headers.and(same), error, "occurs twice");
  }

  @ParameterizedTest
  @CsvSource({"X-Gitlab-Realm, saas", "X-Gitlab-Instance-Id, other", "X-Gitlab-Realm, "})
  void givenHeader_whenItDiffersFromItsClaim_thenTheErrorNamesIt(
      String header, @Nullable String value) {
    Headers headers =
        value == null
            ? without(gitlab.headers(), header)
            : replaced(gitlab.headers(), header, value);

    rejected(
        headers,
        "Header mismatch '" + header + "'",
        value == null ? header + " is missing" : header + " differs");
  }

  @Test
  void givenRealmAndInstanceDiffer_whenAsked_thenTheRealmIsReported() {
    Headers headers = replaced(gitlab.headers(), "X-Gitlab-Realm", "saas");

    rejected(
        replaced(headers, "X-Gitlab-Instance-Id", "x"),
        "Header mismatch 'X-Gitlab-Realm'",
        "gitlab_realm");
  }

  @Test
  void givenInstanceIdClaim_whenHeaderDiffers_thenRejected() {
    rejected(
        gitlab.headers(gitlab.token().claim("gitlab_instance_id", "other").build()),
        "Header mismatch 'X-Gitlab-Instance-Id'",
        "gitlab_instance_id");
  }

  @Test
  void givenUserToken_whenUserHeaderDiffers_thenRejected() {
    rejected(
        replaced(gitlab.headers(userToken().build()), "X-Gitlab-Global-User-Id", "other"),
        "Header mismatch 'X-Gitlab-Global-User-Id'",
        "sub");
  }

  static Stream<Arguments> badTokens() {
    long now = System.currentTimeMillis() / 1000;
    return Stream.of(
        bad("expired", "expired", t -> t.claim("exp", now - 60)),
        bad("no exp", "claim exp", t -> t.without("exp")),
        bad("exp as text", "claim exp", t -> t.claim("exp", Long.toString(now + 60))),
        bad("exp beyond numbers", "claim exp", t -> t.claim("exp", number("1e999"))),
        bad("exp null", "claim exp", t -> t.claim("exp", null)),
        bad("not yet valid", "nbf", t -> t.claim("nbf", now + 120)),
        bad("nbf as text", "claim nbf", t -> t.claim("nbf", "now")),
        bad("nbf null", "claim nbf", t -> t.claim("nbf", null)),
        bad("iat as text", "claim iat", t -> t.claim("iat", "now")),
        bad("iat as flag", "claim iat", t -> t.claim("iat", true)),
        bad("no aud", "aud", t -> t.without("aud")),
        bad("another aud", "audience", t -> t.claim("aud", "gitlab-duo-workflow-service")),
        bad("other auds", "audience", t -> t.claim("aud", List.of("a", "b"))),
        bad("aud of numbers", "aud", t -> t.claim("aud", List.of("gitlab-ai-gateway", 1))),
        bad("aud as object", "aud", t -> t.claim("aud", Map.of("gitlab-ai-gateway", 1))),
        bad("no iss", "iss", t -> t.without("iss")),
        bad("iss as list", "iss", t -> t.claim("iss", List.of(gitlab.url()))),
        bad("unknown iss", "not configured", t -> t.claim("iss", "https://gitlab.com")),
        bad("iss with slash", "not configured", t -> t.claim("iss", gitlab.url() + "/")),
        bad(
            "iss in capitals",
            "not configured",
            t -> t.claim("iss", gitlab.url().replace("h", "H"))),
        bad("scopes as text", "scopes", t -> t.claim("scopes", "complete_code")),
        bad("scopes null", "scopes", t -> t.claim("scopes", null)),
        bad("scopes of numbers", "scopes", t -> t.claim("scopes", List.of("a", 1))),
        bad("sub as number", "claim sub", t -> t.claim("sub", 1)),
        bad("realm as list", "gitlab_realm", t -> t.claim("gitlab_realm", List.of())),
        bad("CI job", "CI token", t -> t.claim("job_id", "1")),
        bad("CI pipeline", "CI token", t -> t.claim("pipeline_id", "")),
        bad("CI config", "CI token", t -> t.claim("ci_config_ref_uri", null)),
        bad("crit", "critical", t -> t.header("crit", List.of("exp"))),
        bad("empty crit", "critical", t -> t.header("crit", List.of())),
        bad("b64", "critical", t -> t.header("b64", false)),
        bad("alg RS512", "alg", t -> t.header("alg", "RS512")),
        bad("alg PS256", "alg", t -> t.header("alg", "PS256")),
        bad("alg in small", "alg", t -> t.header("alg", "rs256")),
        bad("no alg", "alg", t -> t.withoutHeader("alg")),
        bad("kid as number", "kid", t -> t.header("kid", 1)),
        bad("kid null", "kid", t -> t.header("kid", null)),
        bad("empty kid", "kid", t -> t.header("kid", "")),
        bad("unknown kid", "kid", t -> t.header("kid", "../../etc/passwd")),
        bad("foreign key", "kid", t -> t.signedBy(FOREIGN_KEY)),
        bad(
            "foreign key under a known kid",
            "signature",
            t -> t.signedBy(FOREIGN_KEY.withKid(gitlab.key().kid()))),
        bad("CI key's kid", "signature", t -> t.header("kid", gitlab.ciKey().kid())),
        bad("the other GitLab's key", "kid", t -> t.signedBy(otherGitlab.key().withKid("foreign"))),
        bad("the other GitLab's iss", "kid", t -> t.claim("iss", otherGitlab.url())),
        bad(
            "the other GitLab's iss and kid",
            "signature",
            t -> t.claim("iss", otherGitlab.url()).header("kid", otherGitlab.key().kid())),
        bad("GitLab's key as ours", "kid", t -> t.claim("iss", Issuer.USER_TOKENS)),
        bad(
            "GitLab's key as ours, our kid",
            "signature",
            t -> t.claim("iss", Issuer.USER_TOKENS).header("kid", Issuer.USER_TOKENS_KEY_ID)),
        bad("our key as GitLab's", "kid", t -> t.signedBy(OWN_KEY)),
        bad("payload list", "payload", t -> t.payload("[]")),
        bad("payload empty", "payload", t -> t.payload("")),
        bad("payload twice", "payload", t -> t.payload("{\"iss\":\"a\",\"iss\":\"b\"}")),
        bad("payload deep", "payload", t -> t.payload("{\"a\":" + "[".repeat(5000))),
        bad("huge", "longer", t -> t.claim("pad", "x".repeat(20_000))),
        Arguments.of("none", token(t -> t.buildUnsigned("none")), "alg"),
        Arguments.of("None", token(t -> t.buildUnsigned("None")), "alg"),
        Arguments.of("RS256 unsigned", token(t -> t.buildUnsigned("RS256")), "signature"),
        Arguments.of(
            "HS256 with the public key",
            token(t -> t.buildHs256(gitlab.key().publicKey().getEncoded())),
            "alg"),
        Arguments.of("claims changed", token(AuthenticatorTest::forged), "signature"),
        Arguments.of("signature cut", token(t -> cut(t.build())), "signature"),
        Arguments.of("signature longer", token(t -> t.build() + "AAAA"), "signature"),
        Arguments.of("signature respelled", token(t -> respelled(t.build())), "signature is no"),
        Arguments.of("signature padded", token(t -> t.build() + "=="), "signature is no"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void givenToken_whenItDoesNotVerify_thenRejectedAndTheReasonHoldsNoneOfIt(
      String name, String token, String reason) {
    Rejected rejected = rejected(gitlab.headers(token), Refusals.FORBIDDEN, reason);

    assertThat(rejected.reason()).doesNotContain("eyJ", "passwd", GitLabStub.INSTANCE);
  }

  @Test
  void givenVerifiedToken_whenHeadersChange_thenTheyAreComparedAgain() {
    Headers headers = gitlab.headers();
    accepted(headers);

    rejected(
        replaced(headers, "X-Gitlab-Instance-Id", "other"),
        "Header mismatch 'X-Gitlab-Instance-Id'",
        "differs");
  }

  @Test
  void givenVerifiedToken_whenItExpires_thenRejected() {
    Headers headers =
        gitlab.headers(gitlab.token().claim("exp", clock.instant().getEpochSecond() + 60).build());
    accepted(headers);

    clock.forward(Duration.ofSeconds(75));

    rejected(headers, Refusals.FORBIDDEN, "expired");
  }

  @Test
  void givenPinnedKeys_whenGitLabIsUnreachable_thenItsTokensVerify() {
    int hits = otherGitlab.discoveryHits();
    Authenticator pinned =
        Authenticator.of(
            List.of(Issuer.pinned(otherGitlab.url(), jwksOf(otherGitlab.key()))),
            outbound,
            KeyStore.NONE,
            log,
            clock);

    assertThat(pinned.authenticate(otherGitlab.headers())).isInstanceOf(Authenticated.class);
    assertThat(
            pinned.authenticate(
                otherGitlab.headers(otherGitlab.token().signedBy(FOREIGN_KEY).build())))
        .isInstanceOf(Rejected.class);
    assertThat(otherGitlab.discoveryHits()).isEqualTo(hits);
  }

  @Test
  void givenIssuerTwice_whenConfigured_thenItIsSaid() {
    assertThatThrownBy(
            () ->
                Authenticator.of(
                    List.of(
                        Issuer.discovered("https://gitlab.example.com"),
                        Issuer.pinned("https://gitlab.example.com/", jwksOf(OWN_KEY))),
                    outbound,
                    KeyStore.NONE,
                    log,
                    clock))
        .hasMessageContaining("https://gitlab.example.com is configured twice");
  }

  @Test
  void givenEveryError_whenListed_thenTheyAreTheContracts() {
    assertThat(Refusals.all())
        .containsExactly(
            "No authorization header presented",
            "Invalid authorization header",
            "Invalid authentication token type - only OIDC is supported",
            "Forbidden by auth provider",
            "Header mismatch 'X-Gitlab-Realm'",
            "Header mismatch 'X-Gitlab-Instance-Id'",
            "Header mismatch 'X-Gitlab-Global-User-Id'");
  }

  private static String jwksOf(TestKey key) {
    return Json.text(JsonObject.builder().put("keys", List.of(key.jwk())).build());
  }

  private static JsonNumber number(String text) {
    return new JsonNumber(text);
  }

  private static Arguments bad(String name, String reason, UnaryOperator<TokenBuilder> change) {
    return Arguments.of(name, change.apply(gitlab.token()).build(), reason);
  }

  private static String token(Function<TokenBuilder, String> build) {
    return build.apply(gitlab.token());
  }

  private static String forged(TokenBuilder token) {
    String good = token.build();
    String other = token.claim("scopes", List.of("everything")).build();
    return other.substring(0, other.lastIndexOf('.')) + good.substring(good.lastIndexOf('.'));
  }

  private static String cut(String token) {
    return token.substring(0, token.length() - 4);
  }

  /** Another spelling of the same signature: the bits that its last character has to spare. */
  private static String respelled(String token) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
  }

  private TokenBuilder userToken() {
    long now = clock.instant().getEpochSecond();
    return new TokenBuilder(OWN_KEY)
        .claim("iss", Issuer.USER_TOKENS)
        .claim("aud", Issuer.USER_TOKENS)
        .claim("sub", GitLabStub.USER)
        .claim("exp", now + 3600)
        .claim("nbf", now)
        .claim("iat", now)
        .claim("gitlab_realm", "self-managed")
        .claim("gitlab_instance_id", GitLabStub.INSTANCE)
        .claim("gitlab_namespace_id", "9")
        .claim("scopes", List.of("complete_code"));
  }

  private Caller accepted(Headers headers) {
    Authentication outcome = authenticator.authenticate(headers);
    assertThat(outcome).isInstanceOf(Authenticated.class);
    return ((Authenticated) outcome).caller();
  }

  private Rejected rejected(Headers headers, String error, String reason) {
    Authentication outcome = authenticator.authenticate(headers);
    assertThat(outcome).isInstanceOf(Rejected.class);
    Rejected rejected = (Rejected) outcome;
    assertThat(rejected.error()).isEqualTo(error);
    assertThat(rejected.reason()).contains(reason);
    return rejected;
  }

  private static Headers without(Headers headers, String name) {
    Headers.Builder rest = Headers.builder();
    headers.forEach(
        (header, value) -> {
          if (!header.equalsIgnoreCase(name)) {
            rest.add(header, value);
          }
        });
    return rest.build();
  }

  private static Headers replaced(Headers headers, String name, String value) {
    return without(headers, name).and(Headers.of(name, value));
  }
}
