package io.sluice.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GitLabStubTest {

  private final GitLabStub gitlab = GitLabStub.start(0, "/gitlab");
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    gitlab.close();
  }

  @Test
  void givenDiscovery_whenFollowed_thenBothKeysArePublishedAndCounted() throws Exception {
    JsonObject discovery = json(get(gitlab.url() + "/.well-known/openid-configuration").body());
    JsonObject jwks = json(get(discovery.text("jwks_uri", "")).body());

    assertThat(discovery.text("issuer")).isEqualTo(gitlab.url()).endsWith("/gitlab");
    assertThat(jwks.array("keys"))
        .containsExactly(gitlab.key().jwk(), gitlab.ciKey().withKid("ci-job").jwk());
    assertThat(List.of(gitlab.discoveryHits(), gitlab.jwksHits())).containsExactly(1, 1);
  }

  @Test
  void givenKeysChange_whenAsked_thenTheJwksFollows() throws Exception {
    TestKey second = TestKey.create("second");
    gitlab.publish(second);
    gitlab.publish(JsonObject.builder().put("kty", "EC").build());
    gitlab.withdraw(gitlab.key().kid());

    assertThat(json(get(gitlab.url() + "/oauth/discovery/keys").body()).array("keys"))
        .containsExactly(
            gitlab.ciKey().jwk(), second.jwk(), JsonObject.builder().put("kty", "EC").build());
  }

  @Test
  void givenItIsDownOrAsksAreWrong_whenAsked_thenItAnswersErrors() throws Exception {
    gitlab.down(true);
    assertThat(get(gitlab.url() + "/oauth/discovery/keys").statusCode()).isEqualTo(503);
    gitlab.down(false);
    gitlab.jwks("nonsense");
    gitlab.discovery(JsonObject.EMPTY);

    assertThat(get(gitlab.url() + "/oauth/discovery/keys").body()).isEqualTo("nonsense");
    assertThat(get(gitlab.url() + "/.well-known/openid-configuration").body()).isEqualTo("{}");
    assertThat(get(gitlab.url() + "/else").statusCode()).isEqualTo(404);
  }

  @Test
  void givenToken_whenVerified_thenItIsSignedByTheKeyThatItNames() throws Exception {
    TestKey other = TestKey.create("other");
    String token =
        gitlab.token().signedBy(other).withoutHeader("typ").without("jti").claim("x", 1).build();
    List<String> parts = List.of(token.split("\\.", -1));

    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(other.publicKey());
    signature.update((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts.get(2)))).isTrue();
    assertThat(decode(parts.get(0))).isEqualTo("{\"alg\":\"RS256\",\"kid\":\"other\"}");
    assertThat(decode(parts.get(1))).doesNotContain("jti").contains("\"x\":1", gitlab.url());
    assertThat(gitlab.headers().first("Authorization")).startsWith("Bearer ");
  }

  @Test
  void givenBadTokens_whenBuilt_thenTheyAreWhatWasAsked() {
    assertThat(gitlab.token().buildUnsigned("NonE")).endsWith(".");
    assertThat(decode(part(gitlab.token().buildHs256(new byte[] {1}), 0))).contains("HS256");
    assertThat(decode(part(gitlab.token().payload("[]").build(), 1))).isEqualTo("[]");
  }

  private static String part(String token, int index) {
    return List.of(token.split("\\.", -1)).get(index);
  }

  private static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), US_ASCII);
  }

  private static JsonObject json(String text) throws Exception {
    return (JsonObject) Json.read(text);
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
