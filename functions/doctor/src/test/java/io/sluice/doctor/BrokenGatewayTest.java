package io.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GitLabStub;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a gateway can do wrong that Sluice does not do by itself. */
class BrokenGatewayTest {

  private static final String API_GATEWAY_DENIES =
      "{\"Message\":\"User: anonymous is not authorized to perform: execute-api:Invoke\"}";
  private static final String SOME_STREAM =
      "event: content_chunk\ndata: \"a\"\n\nevent: content_chunk\ndata: \"b\"\n\n"
          + "event: stream_end\ndata: null\n\n";

  private final GatewayStub gateway = new GatewayStub();
  private final GitLabStub gitLab = GitLabStub.start();

  @AfterEach
  void stop() {
    gateway.close();
    gitLab.close();
  }

  private Outcome examined(String token) throws InterruptedException {
    return Outcome.of(
        Map.of(Flags.TOKEN_VARIABLE, token),
        "--url=" + gateway.url(),
        "--gitlab-url=" + gitLab.url(),
        "--json");
  }

  private List<String> codes() throws InterruptedException {
    return examined(gitLab.token().build()).codes();
  }

  @Test
  void givenRightAnswers_whenExamined_thenNoFinding() throws Exception {
    Outcome outcome = examined(gitLab.token().build());
    assertThat(outcome.codes()).as(outcome.out()).isEmpty();
    assertThat(outcome.details("unchecked")).singleElement().asString().contains("too soon");
  }

  @Test
  void givenHealthRoutes_whenTheyAnswerOtherwise_thenFound() throws Exception {
    gateway.on("/monitoring/healthz", gateway.json(200, "[]"));
    assertThat(codes()).containsExactly("DR-130");
    gateway.on("/monitoring/healthz", gateway.json(500, "{}"));
    assertThat(codes()).containsExactly("DR-130");
    gateway.on("/monitoring/healthz", gateway.json(200, "{}"));
    gateway.on("/monitoring/ready", gateway.json(503, "{}"));
    assertThat(codes()).containsExactly("DR-131");
  }

  @Test
  void givenApiGateway_whenItRefuses_thenToldFromTheGateway() throws Exception {
    gateway.on("/v2/code/completions", gateway.json(403, API_GATEWAY_DENIES));
    assertThat(codes()).containsOnly("DR-133");
    gateway.on("/v2/code/completions", gateway.json(401, "{\"error\":\"\"}"));
    assertThat(codes()).contains("DR-133");
    gateway.on(
        "/v2/code/completions",
        gateway.json(403, "{\"message\":\"Missing Authentication Token\"}"));
    assertThat(codes()).containsOnly("DR-134");
    gateway.on("/v2/code/completions", gateway.json(403, "{\"message\":\"Forbidden\"}"));
    assertThat(codes()).containsOnly("DR-134");
  }

  @Test
  void givenRequestsWithoutToken_whenAnsweredOrRefusedBadly_thenFound() throws Exception {
    gateway.on("/v2/code/completions", gateway.json(200, "{\"choices\":[{\"text\":\"x\"}]}"));
    assertThat(codes()).containsOnly("DR-140");
    gateway.on("/v2/code/completions", gateway.json(401, "{\"message\":\"Unauthorized\"}"));
    assertThat(codes()).contains("DR-141");
    gateway.on(
        "/v2/code/completions",
        (request, connection) -> connection.answer(401, "application/json", "{\"error\":\"x\"}"));
    assertThat(codes()).contains("DR-142", "DR-176");
  }

  @Test
  void givenClocks_whenTheyDiffer_thenFound() throws Exception {
    gateway.date("Thu, 1 Jan 2015 00:00:00 GMT");
    assertThat(codes()).containsExactly("DR-160");
    gateway.date("");
    assertThat(examined("").details("unchecked")).anyMatch(d -> d.contains("no Date header"));
    gateway.date("yesterday");
    assertThat(examined("").details("unchecked")).anyMatch(d -> d.contains("no Date header"));
  }

  @Test
  void givenNoGitLab_whenExamined_thenClockIsComparedWithThisMachine() throws Exception {
    Outcome outcome =
        Outcome.of(
            Map.of(Flags.TOKEN_VARIABLE, gitLab.token().build()),
            "--url=" + gateway.url(),
            "--json");
    assertThat(outcome.codes()).containsExactly("DR-112");
    assertThat(outcome.details("unchecked")).anyMatch(d -> d.contains("--gitlab-url http"));
    assertThat(outcome.details("ok")).anyMatch(d -> d.contains("This machine is"));
  }

  @Test
  void givenStream_whenItComesAtOnceAtTheEnd_thenBuffered() throws Exception {
    gateway.on(
        "/v4/code/suggestions",
        (request, connection) -> {
          try {
            Thread.sleep(Duration.ofMillis(1_100)); // as a proxy that collects
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          connection.send(
              gateway.head(request, 200, "text/event-stream")
                  + "Content-Length: "
                  + SOME_STREAM.length()
                  + "\r\n\r\n"
                  + SOME_STREAM);
        });
    assertThat(codes()).containsExactly("DR-185");
  }

  @Test
  void givenStream_whenItHasNoEnd_thenBroken() throws Exception {
    gateway.on("/v4/code/suggestions", gateway.json(200, "event: content_chunk"));
    assertThat(codes()).containsExactly("DR-186");
    gateway.on("/v4/code/suggestions", gateway.json(401, "{\"error\":\"x\"}"));
    assertThat(codes()).containsExactly("DR-176");
  }

  @Test
  void givenUserTokens_whenNoneIsMadeOrKnown_thenFound() throws Exception {
    gateway.on(
        "/v1/code/user_access_token", gateway.json(500, "{\"detail\":\"Failed to generate JWT\"}"));
    assertThat(codes()).containsExactly("DR-187");
    gateway.on("/v1/code/user_access_token", gateway.json(200, "{\"token\":\"x\"}"));
    assertThat(codes()).containsExactly("DR-187");
    gateway.on("/v1/code/user_access_token", gateway.json(401, "{\"error\":\"x\"}"));
    assertThat(codes()).containsExactly("DR-176");
    gateway.on(
        "/v1/code/user_access_token", gateway.json(200, "{\"token\":\"x\",\"expires_at\":1}"));
    gateway.on("/v2/completions", gateway.json(401, "{\"error\":\"x\"}"));
    assertThat(codes()).containsExactly("DR-188");
  }

  @Test
  void givenSmallHeaders_whenTheTokenIsLarge_thenFound() throws Exception {
    gateway.on(
        "/monitoring/healthz",
        (request, connection) -> {
          int padding = request.headers().getOrDefault("x-sluice-padding", "").length();
          gateway.json(padding > 5_000 ? 431 : 200, "{}").to(request, connection);
        });
    Outcome small = examined(gitLab.token().build());
    assertThat(small.codes()).isEmpty();
    assertThat(small.details("ok")).anyMatch(d -> d.contains("break at 5,120"));
    String large =
        gitLab.token().claim("scopes", Collections.nCopies(300, "generate_code")).build();
    assertThat(examined(large).codes()).contains("DR-190");
    assertThat(examined("").details("ok")).anyMatch(d -> d.contains("headers pass up to 4,864"));
  }

  @Test
  void givenTestConnection_whenTheTokenIsRefused_thenFound() throws Exception {
    gateway.on("/v1/prompts/model_configuration%2Fcheck", gateway.json(401, "{\"error\":\"x\"}"));
    Outcome outcome =
        Outcome.of(
            Map.of(Flags.TOKEN_VARIABLE, gitLab.token().build()),
            "--url=" + gateway.url(),
            "--gitlab-url=" + gitLab.url(),
            "--models=a",
            "--json");
    assertThat(outcome.codes()).containsExactly("DR-176");
  }
}
