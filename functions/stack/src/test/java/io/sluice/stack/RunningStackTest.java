package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.stack.function.LambdaFunction;
import io.sluice.stack.mini.MiniProject;
import io.sluice.stack.template.TemplateLibrary;
import io.sluice.stack.template.UnresolvedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small stack of three functions, run from its template. */
class RunningStackTest {

  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  @TempDir private static @Nullable Path folder;

  private static @Nullable RunningStack running;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    MiniProject.make(project());
    running = RunningStack.start(options());
  }

  @AfterAll
  static void stop() {
    stack().close();
  }

  private static Path project() {
    return Objects.requireNonNull(folder);
  }

  private static RunningStack stack() {
    return Objects.requireNonNull(running);
  }

  private static StackOptions options() {
    return StackOptions.of(project(), project().resolve("run"));
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack().url() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static <T> T eventually(Callable<@Nullable T> asked) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      T found = asked.call();
      if (found != null) {
        return found;
      }
      assertThat(System.nanoTime())
          .withFailMessage(() -> "nothing came; the log: " + log())
          .isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static String log() {
    try {
      return Files.readString(stack().log().file());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void givenARequest_whenAllowed_thenTheFunctionGetsAnEventAsApiGatewaySendsIt() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/duo/a%2Fb?x=1&x=2%203&y", "X-Who", "friend", "X-Do", "echo", "X-Two", "a")
                .header("X-Two", "b")
                .POST(HttpRequest.BodyPublishers.ofString("{\"ä\":1}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(203);
    assertThat(answer.headers().firstValue("x-amzn-remapped-server")).hasValue("s");
    assertThat(answer.headers().firstValue("upgrade")).isEmpty();
    assertThat(answer.headers().allValues("x-two")).containsExactly("1", "2");
    assertThat(answer.headers().firstValue("set-cookie")).hasValue("a=b");
    assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
    JsonObject event = (JsonObject) Json.read(answer.body());
    assertThat(event.text("path")).isEqualTo("/a%2Fb");
    assertThat(event.text("resource")).isEqualTo("/{proxy+}");
    assertThat(event.text("httpMethod")).isEqualTo("POST");
    assertThat(event.text("body")).isEqualTo("{\"ä\":1}");
    assertThat(Json.text(Objects.requireNonNull(event.get("multiValueQueryStringParameters"))))
        .isEqualTo("{\"x\":[\"1\",\"2 3\"],\"y\":[\"\"]}");
    assertThat(Json.text(Objects.requireNonNull(event.get("pathParameters"))))
        .isEqualTo("{\"proxy\":\"a/b\"}");
    JsonObject headers = Objects.requireNonNull(event.object("headers"));
    assertThat(headers.text("X-Two")).isEqualTo("b");
    assertThat(headers.text("X-Forwarded-Proto")).isEqualTo("https");
    assertThat(headers.has("Content-Length")).isFalse();
    JsonObject context = Objects.requireNonNull(event.object("requestContext"));
    assertThat(context.text("path")).isEqualTo("/duo/a%2Fb");
    JsonObject authorizer = Objects.requireNonNull(context.object("authorizer"));
    assertThat(authorizer.text("n")).isEqualTo("7");
    assertThat(authorizer.text("principalId")).isEqualTo("p");
  }

  @Test
  void givenAStream_whenTheFunctionPauses_thenEachPieceArrivesBeforeTheNext() throws Exception {
    HttpResponse<InputStream> answer =
        client.send(
            request("/x", "X-Who", "friend", "X-Do", "count").build(),
            HttpResponse.BodyHandlers.ofInputStream());
    List<Long> times = new ArrayList<>();
    try (InputStream body = answer.body()) {
      for (int i = 0; i < 3; i++) {
        assertThat(new String(body.readNBytes(7), StandardCharsets.UTF_8)).isEqualTo("piece " + i);
        times.add(System.nanoTime());
      }
      assertThat(body.read()).isEqualTo(-1);
    }
    assertThat(times.get(1) - times.get(0)).isGreaterThan(Duration.ofMillis(100).toNanos());
    assertThat(times.get(2) - times.get(1)).isGreaterThan(Duration.ofMillis(100).toNanos());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stranger | 401 | {\"error\":\"who \"are\" you\"}",
        "broken   | 500 | {\"detail\":\"five\"}",
        "mute     | 500 | {\"detail\":\"five\"}",
        "nested   | 500 | {\"detail\":\"five\"}",
      })
  void givenAnAuthorizer_whenItDoesNotAllow_thenTheGatewayResponseIsRendered(
      String who, int status, String body) throws Exception {
    HttpResponse<String> answer = get("/x", "X-Who", who, "X-Request-ID", "r-1");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    if (status == 401) {
      assertThat(answer.headers().firstValue("x-request-id")).hasValue("r-1");
      assertThat(answer.headers().firstValue("x-fixed")).hasValue("yes");
      assertThat(answer.headers().firstValue("x-type")).hasValue("ACCESS_DENIED");
      String line = "GET /duo/x 401 who \"are\" you ACCESS_DENIED";
      var _ = eventually(() -> stack().log().lines(StackLog.ACCESS).contains(line) ? line : null);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/x, fail, 502",
    "/x, no prelude, 502",
    "/x, long prelude, 502",
    "/x, exit, 502",
    "/x, sleep, 502",
    "/open, sleep, 504",
    "/forbidden, echo, 500",
    "/nowhere/../open2, echo, 203",
  })
  void givenAFunction_whenItFails_thenTheStatusIsThatOfApiGateway(
      String path, String order, int status) throws Exception {
    assertThat(get(path, "X-Who", "friend", "X-Do", order).statusCode()).isEqualTo(status);
  }

  @Test
  void givenAStreamThatFails_whenItHasBegun_thenTheCallerSeesACut() {
    assertThatThrownBy(() -> get("/x", "X-Who", "friend", "X-Do", "fail late"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givenABufferedIntegration_whenAnswered_thenItIsDecoded() throws Exception {
    assertThat(get("/buffered", "X-Do", "").body()).isEqualTo("hi");
    assertThat(get("/buffered", "X-Do", "echo").statusCode()).isEqualTo(502);
  }

  @Test
  void givenNoSuchMethod_whenAsked_thenItIsNotFoundAsApiGatewaySaysIt() throws Exception {
    HttpRequest post = request("/open").POST(HttpRequest.BodyPublishers.ofString("x")).build();
    HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
  }

  @Test
  void givenALargeBody_whenSent_thenItIsRefused() throws Exception {
    HttpRequest post =
        request("/x", "X-Who", "friend")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[7 * 1024 * 1024]))
            .build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    assertThat(get("/x", "X-Who", "friend", "X-Big", "x".repeat(11_000)).statusCode())
        .isEqualTo(431);
  }

  @Test
  void givenAFunction_whenItReads_thenItsOwnRoleDecides() throws Exception {
    stack()
        .tables()
        .put(
            "duo-rows",
            JsonObject.of(Map.of("id", Map.of("S", "open/1"), "v", Map.of("S", "value"))));
    assertThat(get("/x", "X-Who", "friend", "X-Do", "read").body())
        .isEqualTo("value|AccessDeniedException");
    assertThat(stack().refusals())
        .anySatisfy(
            refusal ->
                assertThat(refusal)
                    .contains("role/duo/front is not authorized to perform: dynamodb:GetItem"));
  }

  @Test
  void givenAnIdleSandbox_whenAskedAgain_thenItIsUsedAgainAndFrozenBetween() throws Exception {
    String[] first = get("/x", "X-Who", "friend", "X-Do", "environment").body().split(" ", -1);
    assertThat(first[0]).isEqualTo("duo-rows");
    assertThat(first[2]).isEqualTo("arn:aws:lambda:eu-central-1:123456789012:function:front");
    boolean namespace = options().isolation() == io.sluice.stack.function.Isolation.NAMESPACE;
    assertThat(first[1].equals("/var/task")).isEqualTo(namespace);
    String state =
        eventually(
            () -> {
              String stat = Files.readString(Path.of("/proc/" + first[3] + "/stat"));
              return stat.contains(") T ") ? stat : null;
            });
    assertThat(state).isNotNull();
    assertThat(get("/x", "X-Who", "friend", "X-Do", "environment").body().split(" ", -1)[3])
        .isEqualTo(first[3]);
  }

  @Test
  void givenReservedConcurrency_whenItIsUsedUp_thenTheInvocationIsRefused() throws Exception {
    LambdaFunction function = stack().function("front");
    function.reserve(1);
    try {
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(
            client.sendAsync(
                request("/open", "X-Do", "count").build(), HttpResponse.BodyHandlers.ofString()));
      }
      assertThat(all.stream().map(one -> one.join().statusCode()).sorted()).contains(203, 502);
    } finally {
      function.reserve(-1);
    }
  }

  @Test
  void givenRows_whenOneFailsItsBatch_thenTheBatchIsHalvedAndTheRowIsToldOf() throws Exception {
    for (String id : List.of("good-1", "bad", "good-2")) {
      stack().tables().put("duo-rows", JsonObject.of(Map.of("id", Map.of("S", id))));
    }
    JsonObject told =
        eventually(
            () ->
                stack().queues().receive("dead", 1, 1).stream()
                    .map(message -> object(message.text("Body", "")))
                    .filter(body -> body.has("DDBStreamBatchInfo"))
                    .findFirst()
                    .orElse(null));
    assertThat(Objects.requireNonNull(told.object("DDBStreamBatchInfo")).number("batchSize"))
        .isEqualTo(1);
    eventually(
        () ->
            stack().log().lines("worker").stream()
                    .anyMatch(line -> line.contains("good-2") && !line.contains("\"S\":\"bad\""))
                ? true
                : null);
    stack().tables().delete("duo-rows", JsonObject.of(Map.of("id", Map.of("S", "good-1"))));
    assertThat(stack().log().lines("worker")).contains("in snap-start");
  }

  @Test
  void givenJobs_whenOneFails_thenItAloneComesAgainAndEndsAsADeadLetter() throws Exception {
    stack().queues().send("jobs", "fine");
    stack().queues().send("jobs", "bad");
    String dead =
        eventually(
            () ->
                stack().queues().receive("dead", 1, 1).stream()
                    .map(message -> message.text("Body", ""))
                    .filter(body -> body.equals("bad"))
                    .findFirst()
                    .orElse(null));
    assertThat(dead).isEqualTo("bad");
    assertThat(
            stack().log().lines("worker").stream()
                .filter(line -> line.startsWith("jobs") && line.contains("\"body\":\"fine\"")))
        .hasSize(1);
  }

  @Test
  void givenASchedule_whenItRuns_thenItsTargetGetsAScheduledEvent() throws Exception {
    assertThat(stack().runSchedules()).isNull();
    assertThat(stack().log().lines("worker"))
        .anySatisfy(line -> assertThat(line).startsWith("schedule").contains("Scheduled Event"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"aws_proxy\"             | \"mock\"                    | aws_proxy",
        "\"STREAM\"                | \"BUFFERED\"                | contradict",
        "\"type\": \"request\"     | \"type\": \"token\"         | REQUEST",
        "60000                     | 9000000                     | timeoutInMillis",
        "AWS::Events::Rule         | AWS::Events::EventBus       | EventBus",
        "\"java25\"                | \"java99\"                  | java99",
        "\"VisibilityTimeout\": 1  | \"VisibilityTimeouts\": 1   | VisibilityTimeouts",
        "\"TABLE\"                 | \"AWS_REGION\"              | AWS_REGION",
        "rate(5 minutes)           | every 5 minutes             | ScheduleExpression",
        "front.zip                 | missing.zip                 | missing.zip",
        "\"Timeout\": 6            | \"Timeout\": 6000           | Timeout",
        "[\"Rows\", \"StreamArn\"] | [\"Rows\", \"Arn\"]         | no table's stream",
        "{\"Ref\": \"Runtime\"}    | \"arn:aws:lambda:x:layer:y\" | no layer",
        "\"RSA_2048\"              | \"ECC_NIST_P256\"           | KeySpec",
      })
  void givenAFaultInTheTemplate_whenStarted_thenTheErrorNamesIt(
      String was, String becomes, String named) {
    TemplateLibrary faulty =
        new TemplateLibrary(
            project().resolve("target/templates"),
            template ->
                new io.sluice.stack.template.Template(
                    template.name(),
                    object(text(template.root()).replace(compact(was), compact(becomes)))));
    assertThatThrownBy(() -> RunningStack.start(options().with(faulty)).close())
        .isInstanceOfAny(
            UnresolvedException.class, IllegalArgumentException.class, IOException.class)
        .hasMessageContaining(named);
  }

  private static String compact(String text) {
    return text.replace("\": ", "\":").replace(", ", ",");
  }

  private static String text(JsonObject object) {
    return Json.text(object);
  }

  private static JsonObject object(String text) {
    try {
      return (JsonObject) Json.read(text);
    } catch (JsonSyntaxException e) {
      return JsonObject.EMPTY;
    }
  }
}
