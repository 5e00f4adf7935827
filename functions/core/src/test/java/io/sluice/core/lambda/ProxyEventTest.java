package io.sluice.core.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.http.Body;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyEventTest {

  private static final Path EVENTS = Path.of("../../events");

  @Test
  void givenACodeGeneration_whenRead_thenItIsTheRequestAndItsCaller() throws Exception {
    ProxyEvent event =
        ProxyEvent.read(Files.readAllBytes(EVENTS.resolve("code_generations.json")), 7)
            .orElseThrow();

    HttpRequest request = event.request();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.rawPath()).isEqualTo("/v2/code/generations");
    assertThat(request.rawQuery()).isEmpty();
    assertThat(request.httpVersion()).isEqualTo("1.1");
    assertThat(request.client().address()).isEqualTo("10.0.1.17");
    assertThat(request.arrivedNanos()).isEqualTo(7);
    assertThat(request.headers().first("x-gitlab-realm")).isEqualTo("self-managed");
    assertThat(text(request.body())).startsWith("{").contains("current_file");
    Caller caller = event.caller();
    assertThat(caller).isNotNull();
    assertThat(caller.issuer()).isEqualTo("https://gitlab.example.com");
    assertThat(caller.instance())
        .isEqualTo(Identity.attested("ea8bf810-1d6f-4a6a-b4fd-93e8cbd8b57f"));
    assertThat(caller.scopes()).isEqualTo(Set.of("complete_code", "generate_code"));
  }

  @Test
  void givenParametersAndRepeatedHeaders_whenRead_thenNothingIsLost() {
    HttpRequest request =
        read("""
        {"httpMethod":"get","path":"/v1/x","headers":{"A":"2"},
         "multiValueHeaders":{"A":["1","2"]},
         "multiValueQueryStringParameters":{"q":["a b","\\u00e9&"],"r":[""]},"body":null}
        """)
            .request();

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.headers().count("a")).isEqualTo(2);
    assertThat(request.rawQuery()).isEqualTo("q=a%20b&q=%C3%A9%26&r=");
    assertThat(text(request.body())).isEmpty();
  }

  @Test
  void givenSingleValues_whenRead_thenTheyCount() {
    HttpRequest request =
        read("""
        {"requestContext":{"httpMethod":"GET","path":"/prod/v1","protocol":"x"},
         "headers":{"A":"1","B":null},"queryStringParameters":{"q":"1"}}
        """)
            .request();

    assertThat(request.rawPath()).isEqualTo("/prod/v1");
    assertThat(request.headers().first("A")).isEqualTo("1");
    assertThat(request.headers().has("B")).isFalse();
    assertThat(request.rawQuery()).isEqualTo("q=1");
  }

  @Test
  void givenABinaryBody_whenRead_thenItIsDecoded() {
    String body = Base64.getEncoder().encodeToString("{\"é\":1}".getBytes(StandardCharsets.UTF_8));

    ProxyEvent event =
        read(
            "{\"httpMethod\":\"POST\",\"path\":\"/\",\"isBase64Encoded\":true,\"body\":\""
                + body
                + "\"}");

    assertThat(text(event.request().body())).isEqualTo("{\"é\":1}");
  }

  @Test
  void givenTooLargeABody_whenRead_thenItIsTold() {
    String body = "x".repeat(Body.MAX_BYTES + 1);

    ProxyEvent event = read("{\"httpMethod\":\"POST\",\"path\":\"/\",\"body\":\"" + body + "\"}");

    assertThat(event.request().body()).isInstanceOf(Body.TooLarge.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"issuer\":\"x\",\"identities\":\"no json\"}",
        "{\"issuer\":\"x\"}",
        "{\"principalId\":\"x\",\"integrationLatency\":3}"
      })
  void givenAContextWithoutACaller_whenRead_thenThereIsNone(String authorizer) {
    ProxyEvent event =
        read(
            "{\"httpMethod\":\"GET\",\"path\":\"/\",\"requestContext\":{\"requestId\":\"r\",\"authorizer\":"
                + authorizer
                + "}}");

    assertThat(event.caller()).isNull();
    assertThat(event.requestId()).isEqualTo("r");
  }

  @Test
  void givenNumbersInTheContext_whenRead_thenTheCallerIsThere() {
    ProxyEvent event =
        read(
            """
            {"httpMethod":"GET","path":"/","requestContext":{"authorizer":{"issuer":"i","user_token":true,
             "integrationLatency":12,"other":null,"identities":"{}","scopes":"a b"}}}
            """);

    assertThat(event.caller()).isNotNull();
    assertThat(event.caller().userToken()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "no json", "{\"httpMethod\":\"GET\"}", "{\"Records\":[]}"})
  void givenAnotherEvent_whenRead_thenItIsNone(String event) {
    assertThat(ProxyEvent.read(event.getBytes(StandardCharsets.UTF_8), 0)).isEmpty();
  }

  private static ProxyEvent read(String event) {
    return ProxyEvent.read(event.getBytes(StandardCharsets.UTF_8), 0).orElseThrow();
  }

  private static String text(Body body) {
    return body instanceof Body.Complete(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : body.toString();
  }
}
