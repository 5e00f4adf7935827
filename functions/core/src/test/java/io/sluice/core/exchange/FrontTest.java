package io.sluice.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.audit.AuditException;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontTest {

  private static final HttpResponse OK = HttpResponse.json(200, JsonObject.EMPTY);

  private final List<String> happened = new CopyOnWriteArrayList<>();
  private final List<JsonObject> records = new ArrayList<>();
  private final List<JsonObject> lines = new ArrayList<>();
  private final RecordingResponse response = new RecordingResponse(happened);
  private boolean auditFails;

  private void handle(ExchangeHandler handler, HttpRequest request) {
    front(handler).handle(request, response);
  }

  private void keep(JsonObject record) throws AuditException {
    if (auditFails) {
      throw new AuditException("disk full", new IOException());
    }
    records.add(record);
    happened.add("record " + record.text("record"));
  }

  private void log(JsonLog.Level level, String logger, String message, JsonObject fields) {
    lines.add(JsonObject.builder().put("message", message).putAll(fields).build());
    happened.add("line");
  }

  private static HttpRequest request(String method, Headers headers) {
    return request(method, headers, Body.EMPTY);
  }

  private static HttpRequest request(String method, Headers headers, Body body) {
    return new HttpRequest(
        method,
        "/v2/code/completions",
        "key=hidden&flag",
        headers,
        body,
        new HttpRequest.Client("127.0.0.1", 4711),
        "1.1",
        System.nanoTime());
  }

  private static @Nullable JsonObject last(List<JsonObject> list) {
    return list.isEmpty() ? null : list.getLast();
  }

  @Test
  void givenAnAnswer_whenSent_thenItCarriesTheIdAndTheClosingRecordComesFirst() {
    handle(e -> e.send(OK), request("POST", Headers.of("X-Request-ID", "abc-123")));

    assertThat(response.status).isEqualTo(200);
    assertThat(response.headers.first("X-Request-ID")).isEqualTo("abc-123");
    assertThat(response.headers.first("X-Process-Time")).matches("\\d+\\.\\d{6}");
    assertThat(response.headers.has("Access-Control-Allow-Origin")).isFalse();
    assertThat(happened).containsExactly("record closing", "begin", "write", "end", "line");
    assertThat(records).singleElement().extracting(r -> r.text("outcome")).isEqualTo("answered");
    assertThat(records.getFirst().text("correlation_id")).isEqualTo("abc-123");
    assertThat(lines.getFirst().text("correlation_id")).isEqualTo("abc-123");
    assertThat(lines.getFirst().number("status_code")).isEqualTo(200);
  }

  @Test
  void givenAStream_whenEnded_thenTheClosingRecordIsKeptBeforeTheLastByte() {
    handle(
        e -> {
          e.open(true);
          e.begin(200, Headers.of("Content-Type", "text/event-stream"));
          e.write("x".getBytes(StandardCharsets.UTF_8));
          e.end();
        },
        request("POST", Headers.EMPTY));

    assertThat(happened)
        .containsExactly("record opening", "begin", "write", "record closing", "end", "line");
    assertThat(lines.getFirst().text("content_type")).isEqualTo("text/event-stream");
  }

  @Test
  void givenAQuery_whenLogged_thenItsValuesAreNot() {
    handle(e -> e.send(OK), request("POST", Headers.EMPTY));

    assertThat(lines.getFirst().text("url")).isEqualTo("/v2/code/completions?key=&=");
    assertThat(Json.text(lines.getFirst())).doesNotContain("hidden");
    assertThat(lines.getFirst().text("message"))
        .isEqualTo("127.0.0.1:4711 - \"POST /v2/code/completions?key=&= HTTP/1.1\" 200");
  }

  @Test
  void givenHeaders_whenLogged_thenOnlyNamedOnesInTheirFormAndWithoutCredentials() {
    Headers headers =
        Headers.builder()
            .add("X-Gitlab-Version", "18.9.0")
            .add("X-Gitlab-Organization-Id", "gitlab.example.com")
            .add("User-Agent", "agent " + "x".repeat(400))
            .add("X-Gitlab-Host-Name", "sk-canary-1234567")
            .add("X-Gitlab-Is-Team-Member", "canary\n{}")
            .add("X-Unknown", "canary-unknown")
            .add("Authorization", "Bearer canary")
            .build();
    handle(e -> e.send(OK), request("POST", headers));

    JsonObject line = lines.getFirst();
    assertThat(line.text("gitlab_version")).isEqualTo("18.9.0");
    assertThat(line.text("gitlab_organization_id")).isEqualTo("gitlab.example.com");
    assertThat(line.text("user_agent")).hasSize(256);
    assertThat(line.text("is_gitlab_team_member")).isEqualTo("(not logged: unexpected form)");
    assertThat(Json.text(line)).doesNotContain("canary");
  }

  @Test
  void givenAUserAgentOfAnyText_whenLogged_thenItIsKeptForTheLineToEscape() {
    handle(e -> e.send(OK), request("POST", Headers.of("User-Agent", "a\tb\"\\{}")));

    assertThat(lines.getFirst().text("user_agent")).isEqualTo("a\tb\"\\{}");
  }

  @Test
  void givenACaller_whenLogged_thenWhoItIsAndHowFarItMayBeBelieved() {
    Caller caller =
        new Caller(
            "https://gitlab.example.com",
            false,
            Identity.attested("inst-1"),
            Identity.attested("self-managed"),
            Identity.asserted("u-1"),
            Identity.asserted("42"),
            null,
            Identity.asserted("zq-canary"),
            Set.of("complete_code"),
            null);
    handle(
        e -> {
          e.trail().caller(caller);
          e.trail().scopeUsed("complete_code");
          e.trail().route("POST /v2/code/completions");
          e.open(true);
          e.send(OK);
        },
        request("POST", Headers.EMPTY));

    assertThat(lines.getFirst().text("token_issuer")).isEqualTo("https://gitlab.example.com");
    assertThat(lines.getFirst().text("gitlab_instance_id")).isEqualTo("inst-1");
    assertThat(lines.getFirst().text("meta.unit_primitive")).isEqualTo("complete_code");
    String opening = Json.text(records.getFirst());
    assertThat(opening)
        .contains("\"user\":{\"value\":\"u-1\",\"assurance\":\"asserted\"}")
        .contains("\"instance\":{\"value\":\"inst-1\",\"assurance\":\"attested\"}")
        .contains("\"namespace\":{\"value\":\"42\",\"assurance\":\"asserted\"}")
        .contains("\"scopes_used\":[\"complete_code\"]")
        .doesNotContain("zq-canary");
  }

  @Test
  void givenAProblem_whenLogged_thenItsDetailHasTheContractsName() {
    handle(
        e -> {
          e.trail().error("unauthenticated", "the token has expired");
          e.send(HttpResponse.unauthorized("Forbidden by auth provider"));
        },
        request("POST", Headers.EMPTY));
    handle(
        e -> {
          e.trail().error("not_found", "there is no such route");
          e.send(HttpResponse.detail(404, "Not Found"));
        },
        request("POST", Headers.EMPTY));

    assertThat(lines.getFirst().text("auth_error_details")).isEqualTo("the token has expired");
    assertThat(lines.getLast().text("http_exception_details")).isEqualTo("there is no such route");
  }

  @Test
  void givenAnUnforeseenException_whenThrown_then500WithoutItsMessage() {
    handle(
        e -> {
          throw new IllegalStateException("prompt text");
        },
        request("POST", Headers.EMPTY));

    assertThat(response.status).isEqualTo(500);
    assertThat(response.text()).isEqualTo("{\"detail\":\"Internal Server Error\"}");
    assertThat(lines.toString()).contains("IllegalStateException").doesNotContain("prompt text");
    assertThat(records.getLast().text("outcome")).isEqualTo("failed");
  }

  @Test
  void givenAnUnforeseenExceptionMidStream_whenThrown_thenTheAnswerIsBrokenOff() {
    handle(
        e -> {
          e.begin(200, Headers.EMPTY);
          throw new IllegalStateException();
        },
        request("POST", Headers.EMPTY));

    assertThat(happened).contains("abort").doesNotContain("end");
    assertThat(records.getLast().text("outcome")).isEqualTo("failed");
  }

  @Test
  void givenACallerThatLeaves_whenWriting_thenTheRequestIsAbandoned() {
    handle(
        e -> {
          e.begin(200, Headers.EMPTY);
          response.leave();
          e.write(new byte[1]);
        },
        request("POST", Headers.EMPTY));

    assertThat(records.getLast().text("outcome")).isEqualTo("abandoned");
    assertThat(records.getLast().text("error_code")).isEqualTo("caller_gone");
  }

  @Test
  void givenNoPlaceForTheOpeningRecord_whenItIsRequired_thenTheRequestIsRefused() {
    auditFails = true;
    handle(
        e -> {
          if (e.open(true)) {
            e.send(OK);
          }
        },
        request("POST", Headers.EMPTY));

    assertThat(response.status).isEqualTo(503);
    assertThat(response.text()).contains("audit.on_failure");
  }

  @Test
  void givenNoPlaceForRecords_whenPolicyIsToLog_thenTheRequestIsAnsweredAndTheRecordLogged() {
    auditFails = true;
    handle(
        e -> {
          if (e.open(false)) {
            e.send(OK);
          }
        },
        request("POST", Headers.EMPTY));

    assertThat(response.status).isEqualTo(200);
    assertThat(lines.toString()).contains("audit_record");
  }

  @Test
  void givenNoPlaceForTheClosingRecord_whenAStreamEnds_thenItIsBrokenOff() {
    handle(
        e -> {
          e.open(true);
          e.begin(200, Headers.EMPTY);
          auditFails = true;
          e.end();
        },
        request("POST", Headers.EMPTY));

    assertThat(happened).contains("abort").doesNotContain("end");
  }

  @Test
  void givenAPreflight_whenAsked_thenItIsAnsweredBeforeAnythingElse() {
    Headers asked =
        Headers.builder()
            .add("Origin", "https://gitlab.example.com")
            .add("Access-Control-Request-Method", "POST")
            .add("Access-Control-Request-Headers", "authorization")
            .build();
    handle(e -> e.send(HttpResponse.unauthorized("never")), request("OPTIONS", asked));

    assertThat(response.status).isEqualTo(200);
    assertThat(response.text()).isEqualTo("OK");
    assertThat(response.headers.first("Access-Control-Max-Age")).isEqualTo("600");
    assertThat(response.headers.first("Access-Control-Allow-Headers")).isEqualTo("authorization");
    assertThat(response.headers.first("Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void givenAPreflightForAnotherMethod_whenAsked_then400() {
    Headers asked =
        Headers.of("Access-Control-Request-Method", "DELETE")
            .and(Headers.of("Origin", "https://gitlab.example.com"));
    handle(e -> e.send(OK), request("OPTIONS", asked));

    assertThat(response.status).isEqualTo(400);
    assertThat(response.text()).isEqualTo("Disallowed CORS method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Origin", "Access-Control-Request-Method"})
  void givenOptionsThatAreNoPreflight_whenAsked_thenTheyAreARequestLikeOthers(String onlyHeader) {
    handle(
        e -> e.send(HttpResponse.unauthorized("no token")),
        request("OPTIONS", Headers.of(onlyHeader, "POST")));

    assertThat(response.status).isEqualTo(401);
  }

  @Test
  void givenBodies_whenJudged_thenOnlyWholePlainOnesPass() {
    assertThat(Front.bodyProblem(request("POST", Headers.EMPTY))).isEmpty();
    assertThat(Front.bodyProblem(request("POST", Headers.of("Content-Encoding", "gzip"))))
        .get()
        .extracting(HttpResponse::status)
        .isEqualTo(415);
    assertThat(Front.bodyProblem(request("POST", Headers.EMPTY, new Body.TooLarge())))
        .get()
        .extracting(HttpResponse::status)
        .isEqualTo(413);
    assertThat(Front.bodyProblem(request("POST", Headers.EMPTY, new Body.TooSlow())))
        .get()
        .extracting(HttpResponse::status)
        .isEqualTo(408);
  }

  @Test
  void givenAHandlerThatAnswersNothing_whenItReturns_thenTheAnswerIsBrokenOff() {
    handle(e -> {}, request("POST", Headers.EMPTY));

    assertThat(happened).containsExactly("record closing", "abort", "line");
    assertThat(last(lines)).isNotNull();
    assertThat(lines.getFirst().number("status_code")).isEqualTo(500);
  }

  @Test
  void givenAnOpeningRecordOnItsWay_whenTheAnswerBegins_thenItIsAcceptedBeforeTheFirstByte() {
    slowAudit(
            e -> {
              e.open(true);
              happened.add("model asked");
              e.begin(200, Headers.EMPTY);
              e.end();
            })
        .handle(request("POST", Headers.EMPTY), response);

    assertThat(happened)
        .containsExactly("model asked", "record opening", "begin", "record closing", "end", "line");
  }

  @Test
  void givenAnOpeningRecordThatIsLost_whenTheAnswerBegins_thenTheRequestIsRefused() {
    slowAudit(
            e -> {
              e.open(true);
              e.onClosed(() -> happened.add("model call cancelled"));
              auditFails = true;
              e.begin(200, Headers.EMPTY);
              e.write(new byte[1]);
            })
        .handle(request("POST", Headers.EMPTY), response);

    assertThat(response.status).isEqualTo(503);
    assertThat(response.text()).contains("audit.on_failure");
    assertThat(happened)
        .containsExactly("line", "model call cancelled", "begin", "write", "end", "line");
    assertThat(lines.getLast().text("error_code")).isEqualTo("audit_unavailable");
  }

  @Test
  void givenAnOpeningRecordThatIsLost_whenAWholeAnswerIsSent_thenTheRequestIsRefused() {
    slowAudit(
            e -> {
              e.open(true);
              auditFails = true;
              e.send(OK);
            })
        .handle(request("POST", Headers.EMPTY), response);

    assertThat(response.status).isEqualTo(503);
  }

  @Test
  void givenAnOpeningRecordThatIsLost_whenPolicyIsToLog_thenTheRequestIsAnswered() {
    slowAudit(
            e -> {
              e.open(false);
              auditFails = true;
              e.begin(200, Headers.EMPTY);
              e.end();
            })
        .handle(request("POST", Headers.EMPTY), response);

    assertThat(response.status).isEqualTo(200);
    assertThat(happened).contains("end").doesNotContain("abort");
    assertThat(lines.toString()).contains("audit_record");
  }

  @Test
  void givenALimitOfTheHost_whenHandled_thenTheDeadlineLeavesTheReserve() {
    front(e -> happened.add(e.deadline().remaining().toSeconds() + " s"))
        .handle(request("POST", Headers.EMPTY), response, null, Duration.ofSeconds(60));

    assertThat(happened.getFirst()).isIn("57 s", "58 s");
  }

  @Test
  void givenARequestPastItsTime_whenNothingWasSent_thenItIsCancelledAndAnswered() {
    front(FrontTest::waitForCancellation)
        .handle(request("POST", Headers.EMPTY), response, null, Duration.ofMillis(40));

    assertThat(response.status).isEqualTo(504);
    assertThat(records).singleElement().extracting(r -> r.text("outcome")).isEqualTo("timed_out");
    assertThat(records.getFirst().text("error_code")).isEqualTo("timed_out");
  }

  @Test
  void givenAStreamUnderWay_whenTheHostEnds_thenItIsBrokenOffAndRecorded() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Front front =
        front(
            e -> {
              e.begin(200, Headers.EMPTY);
              begun.countDown();
              waitForCancellation(e);
            });
    Thread request =
        Thread.ofVirtual().start(() -> front.handle(request("POST", Headers.EMPTY), response));
    begun.await();

    front.close();
    request.join();

    assertThat(happened).containsExactly("begin", "record closing", "abort", "line");
    assertThat(records.getFirst().text("outcome")).isEqualTo("terminated");
  }

  @Test
  void givenARequestThatIsStuck_whenTheHostEnds_thenItsRecordIsKeptWithoutIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    Front front =
        front(
            e -> {
              e.begin(200, Headers.EMPTY);
              begun.countDown();
              await(stuck);
            });
    Thread request =
        Thread.ofVirtual().start(() -> front.handle(request("POST", Headers.EMPTY), response));
    begun.await();

    front.close();

    assertThat(happened).containsExactly("begin", "record closing", "abort");
    assertThat(records.getFirst().text("outcome")).isEqualTo("terminated");
    stuck.countDown();
    request.join();
    assertThat(records).hasSize(1);
  }

  @Test
  void givenAHostThatEnds_whenARequestComes_thenItIsAnsweredSo() {
    Front front = front(FrontTest::waitForCancellation);
    front.close();

    front.handle(request("POST", Headers.EMPTY), response);

    assertThat(response.status).isEqualTo(503);
    assertThat(records.getFirst().text("outcome")).isEqualTo("terminated");
  }

  @Test
  void givenNoMemory_whenHandled_thenTheRequestIsRecordedAndAnswered() {
    handle(
        e -> {
          e.trail().content(JsonObject.builder().put("prompt", "very long").build());
          throw new OutOfMemoryError("a test's");
        },
        request("POST", Headers.EMPTY));

    assertThat(response.status).isEqualTo(500);
    assertThat(records.getLast().text("error_code")).isEqualTo("internal");
    assertThat(Json.text(records.getLast()))
        .contains("\"content\":{\"omitted\":\"out of memory\"}");
  }

  private Front front(ExchangeHandler handler) {
    return new Front(handler, this::keep, this::log, Clock.systemUTC());
  }

  /** Accepts opening records only when somebody waits for them. */
  private Front slowAudit(ExchangeHandler handler) {
    AuditLog audit =
        new AuditLog() {
          @Override
          public void append(JsonObject record) throws AuditException {
            keep(record);
          }

          @Override
          public Acceptance begin(JsonObject record) {
            return () -> keep(record);
          }
        };
    return new Front(handler, audit, this::log, Clock.systemUTC());
  }

  private static void waitForCancellation(Exchange exchange) throws IOException {
    CountDownLatch cancelled = new CountDownLatch(1);
    exchange.onClosed(cancelled::countDown);
    await(cancelled);
    throw new IOException("cancelled");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
