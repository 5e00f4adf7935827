package io.sluice.usertoken;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.exchange.Front;
import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.testing.TestKey;
import java.io.IOException;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract 2.5. */
final class UserTokensTest {

  private static final TestKey KEY = TestKey.create("ours");
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.9Z");
  private static final Identity INSTANCE = Identity.attested("instance-1");

  private final List<String> logged = new ArrayList<>();
  private final JsonLog log = (level, logger, message, fields) -> logged.add(message + fields);
  private final List<JsonObject> audit = new ArrayList<>();

  @Test
  void givenOrdinaryCaller_whenAsked_thenTokenWithTheContractsClaims() throws Exception {
    HttpResponse response =
        ask(
            caller(
                "self-managed",
                Set.of("duo_chat", "ai_gateway_model_provider_proxy", "complete_code")));
    JsonObject claims = claims(response);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Type")).isEqualTo("application/json");
    assertThat(document(response).number("expires_at")).isEqualTo(NOW.getEpochSecond() + 3600);
    assertThat(claims.text("jti")).hasSize(36);
    assertThat(without(claims, "jti"))
        .isEqualTo(
            JsonObject.builder()
                .put("iss", "gitlab-ai-gateway")
                .put("sub", "user-1")
                .put("aud", "gitlab-ai-gateway")
                .put("exp", NOW.getEpochSecond() + 3600)
                .put("nbf", NOW.getEpochSecond())
                .put("iat", NOW.getEpochSecond())
                .put("gitlab_realm", "self-managed")
                .put("scopes", List.of("complete_code", "ai_gateway_model_provider_proxy"))
                .put("gitlab_instance_id", "instance-1")
                .put("gitlab_instance_uid", "instance-1")
                .build());
    assertThat(audit.getLast().array("scopes_used")).isEqualTo(claims.array("scopes"));
  }

  @Test
  void givenToken_whenVerified_thenOurKeySignedItUnderItsName() throws Exception {
    String token = token(ask(caller("self-managed", Set.of("complete_code"))));
    int end = token.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(KEY.publicKey());
    signature.update(token.substring(0, end).getBytes(US_ASCII));

    assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)))).isTrue();
    assertThat(part(token, 0))
        .isEqualTo("{\"alg\":\"RS256\",\"kid\":\"gitlab-ai-gateway_signing_key\",\"typ\":\"JWT\"}");
  }

  @Test
  void givenCallerHoldsOneScope_whenAsked_thenTheTokenHasThatOne() throws Exception {
    JsonObject claims =
        claims(ask(caller("self-managed", Set.of("ai_gateway_model_provider_proxy", "x"))));

    assertThat(claims.array("scopes"))
        .isEqualTo(Json.read("[\"ai_gateway_model_provider_proxy\"]"));
  }

  @Test
  void givenInstanceUidClaim_whenAsked_thenItIsCopied() throws Exception {
    Caller caller =
        new Caller(
            "https://gitlab.example.com",
            false,
            INSTANCE,
            Identity.attested("self-managed"),
            Identity.asserted("user-1"),
            null,
            null,
            null,
            Set.of("complete_code"),
            "uid-1");

    assertThat(claims(ask(caller)).text("gitlab_instance_uid")).isEqualTo("uid-1");
  }

  @Test
  void givenInstanceIsOnlyAsserted_whenAsked_thenNothingAttestsIt() throws Exception {
    Caller caller =
        new Caller(
            "https://gitlab.example.com",
            false,
            Identity.asserted("claimed"),
            null,
            Identity.asserted("user-1"),
            null,
            null,
            null,
            Set.of("complete_code"),
            null);
    JsonObject claims = claims(ask(caller));

    assertThat(claims.has("gitlab_instance_uid")).isFalse();
    assertThat(claims.has("gitlab_realm")).isFalse();
    assertThat(claims.text("gitlab_instance_id")).isEqualTo("claimed");
  }

  @Test
  void givenRealmSaas_whenAsked_thenProjectAndNamespacesAreClaims() throws Exception {
    Headers headers =
        Headers.builder()
            .add("X-Gitlab-Project-Id", "1")
            .add("X-Gitlab-Namespace-Id", "2")
            .add("X-Gitlab-Root-Namespace-Id", "4")
            .build();
    JsonObject claims = claims(ask(caller("saas", Set.of("complete_code")), headers, signer()));

    assertThat(claims.text("gitlab_project_id")).isEqualTo("1");
    assertThat(claims.text("gitlab_namespace_id")).isEqualTo("2");
    assertThat(claims.text("gitlab_root_namespace_id")).isEqualTo("3");
    assertThat(claims.has("gitlab_instance_uid")).isFalse();
  }

  @Test
  void givenRealmSaasWithoutIds_whenAsked_thenTheirClaimsAreAbsent() throws Exception {
    Headers headers = Headers.of("X-Gitlab-Project-Id", " ");
    JsonObject claims = claims(ask(caller("saas", Set.of("complete_code")), headers, signer()));

    assertThat(claims.has("gitlab_project_id")).isFalse();
    assertThat(claims.has("gitlab_namespace_id")).isFalse();
  }

  @Test
  void givenNeitherScope_whenAsked_thenForbidden() {
    HttpResponse response = ask(caller("self-managed", Set.of("duo_chat")));

    assertThat(response.status()).isEqualTo(403);
    assertThat(body(response))
        .isEqualTo("{\"detail\":\"Unauthorized to create user access token\"}");
  }

  @Test
  void givenUserToken_whenItAsksForAnother_thenForbidden() {
    Caller caller =
        new Caller(
            "gitlab-ai-gateway",
            true,
            INSTANCE,
            null,
            Identity.attested("user-1"),
            null,
            null,
            null,
            Set.of("complete_code"),
            null);

    assertThat(ask(caller).status()).isEqualTo(403);
  }

  @Test
  void givenNobodyWasAuthenticated_whenAsked_thenForbidden() {
    assertThat(ask(null).status()).isEqualTo(403);
  }

  @Test
  void givenNoUser_whenAsked_thenTheHeaderIsNamed() {
    Caller caller =
        new Caller(
            "https://gitlab.example.com",
            false,
            INSTANCE,
            null,
            null,
            null,
            null,
            null,
            Set.of("complete_code"),
            null);
    HttpResponse response = ask(caller);

    assertThat(response.status()).isEqualTo(422);
    assertThat(body(response)).contains("detail", "X-Gitlab-Global-User-Id");
  }

  @Test
  void givenKeyIsBroken_whenAsked_thenTheContractsErrorAndTheReasonInTheLog() {
    HttpResponse response =
        ask(
            caller("self-managed", Set.of("complete_code")),
            Headers.EMPTY,
            input -> {
              throw new IOException("the key is gone");
            });

    assertThat(response.status()).isEqualTo(500);
    assertThat(body(response)).isEqualTo("{\"detail\":\"Failed to generate JWT\"}");
    assertThat(logged).anyMatch(line -> line.contains("the key is gone"));
    assertThat(audit.getLast().text("error_code")).isEqualTo("signing_failed");
  }

  private static Caller caller(String realm, Set<String> scopes) {
    return new Caller(
        "https://gitlab.example.com",
        false,
        INSTANCE,
        Identity.attested(realm),
        Identity.asserted("user-1"),
        null,
        Identity.attested("3"),
        null,
        scopes,
        null);
  }

  private static TokenSigner signer() {
    return input -> {
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KEY.pair().getPrivate());
        signature.update(input);
        return signature.sign();
      } catch (java.security.GeneralSecurityException e) {
        throw new IOException(e);
      }
    };
  }

  private HttpResponse ask(@Nullable Caller caller) {
    return ask(caller, Headers.EMPTY, signer());
  }

  private HttpResponse ask(@Nullable Caller caller, Headers headers, TokenSigner signer) {
    UserTokens tokens = new UserTokens(signer, log, Clock.fixed(NOW, ZoneOffset.UTC));
    Front front =
        new Front(
            exchange -> {
              if (caller != null) {
                exchange.trail().caller(caller);
              }
              tokens.handle(exchange);
            },
            audit::add,
            log,
            Clock.systemUTC());
    SentResponse sent = new SentResponse();
    front.handle(
        new HttpRequest(
            "POST",
            "/v1/code/user_access_token",
            "",
            headers,
            Body.EMPTY,
            new HttpRequest.Client("127.0.0.1", 1),
            "1.1",
            System.nanoTime()),
        sent);
    return sent.response();
  }

  private static JsonObject claims(HttpResponse response) throws Exception {
    return (JsonObject) Json.read(part(token(response), 1));
  }

  private static String token(HttpResponse response) throws Exception {
    return document(response).text("token", "");
  }

  private static JsonObject document(HttpResponse response) throws Exception {
    return (JsonObject) Json.read(response.body());
  }

  private static String part(String token, int index) {
    return new String(
        Base64.getUrlDecoder().decode(List.of(token.split("\\.", -1)).get(index)), UTF_8);
  }

  private static String body(HttpResponse response) {
    return new String(response.body(), UTF_8);
  }

  private static JsonObject without(JsonObject object, String name) {
    JsonObject.Builder rest = JsonObject.builder();
    object
        .members()
        .forEach(
            (member, value) -> {
              if (!member.equals(name)) {
                rest.put(member, value);
              }
            });
    return rest.build();
  }

  /** Keeps the one answer that is sent. */
  private static final class SentResponse implements ResponseStream {
    private @Nullable HttpResponse response;

    HttpResponse response() {
      return java.util.Objects.requireNonNull(response);
    }

    @Override
    public void send(HttpResponse whole) {
      response = whole;
    }

    @Override
    public void begin(int status, Headers headers) {
      throw new UnsupportedOperationException("no stream is expected");
    }

    @Override
    public void write(byte[] piece) {
      throw new UnsupportedOperationException("no stream is expected");
    }

    @Override
    public void end() {
      throw new UnsupportedOperationException("no stream is expected");
    }

    @Override
    public void abort() {}

    @Override
    public void onClosed(Runnable action) {}
  }
}
