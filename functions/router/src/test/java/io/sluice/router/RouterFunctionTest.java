package io.sluice.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.log.JsonLines;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelProtocol;
import io.sluice.core.model.Target;
import io.sluice.testing.AwsCall;
import io.sluice.testing.AwsStub;
import io.sluice.testing.InvokeStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The router as a function: events of API Gateway in, invocations of a backend out. */
class RouterFunctionTest {

  private static final Path EVENTS = Path.of("../../events");
  private static final String NULS = "\0".repeat(8);
  private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/audit";

  private final AwsStub aws = AwsStub.start().table("state");
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> flushed = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    aws.close();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("SLUICE_STATE_TABLE", "state");
    environment.put("SLUICE_AUDIT_QUEUE_URL", QUEUE);
    environment.put("SLUICE_BACKEND_OPENAI", "backend-openai:live");
    environment.put("SLUICE_MODEL_ENDPOINT", "https://llm.corp.example/v1");
    environment.put("SLUICE_MODEL_NAME", "tiny");
    return environment;
  }

  private static void send(InvokeStream stream, ModelEvent... events) throws IOException {
    for (ModelEvent event : events) {
      stream.chunk(ModelProtocol.write(event)).chunk("\n");
    }
  }

  private void answering(ModelEvent... events) {
    aws.function(
        "backend-openai:live",
        (payload, stream) -> {
          send(stream, events);
          stream.complete();
        });
  }

  private RouterFunction function() {
    return new RouterFunction(
        environment(), new JsonLines(log, Clock.systemUTC()), Clock.systemUTC());
  }

  private void handle(String event) throws IOException {
    handle(function(), event, Duration.ofMinutes(1));
  }

  private void handle(RouterFunction function, String event, Duration remaining)
      throws IOException {
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), recording(), context(remaining));
  }

  @Test
  void givenAnIndexInALayer_whenTheDocumentationIsSearched_thenItsPassagesComeAndTheLogNamesIt(
      @TempDir Path layer) throws Exception {
    try (InputStream index = DocumentationSettingsTest.index()) {
      Files.copy(index, layer.resolve("index.zip"));
    }
    Map<String, String> environment = environment();
    environment.put("SLUICE_DOCS_INDEX", layer.resolve("index.zip").toString());
    RouterFunction function =
        new RouterFunction(environment, new JsonLines(log, Clock.systemUTC()), Clock.systemUTC());

    handle(function, event("documentation_search.json"), Duration.ofMinutes(1));

    assertThat(body()).contains("\"id\":\"", "Forks > Create a fork", "/user/project/");
    assertThat(log.toString(UTF_8)).contains("opened the index of the documentation", "18.9.0/");
  }

  @Test
  void givenACodeGeneration_whenHandled_thenTheBackendFunctionsTextIsStreamed() throws Exception {
    answering(
        new ModelEvent.Text("def reverse"),
        new ModelEvent.Text("(text):\n"),
        new ModelEvent.Text("    return text[::-1]"),
        new ModelEvent.Usage(10, 5, 0),
        new ModelEvent.Finish("stop"));

    handle(event("code_generations.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(200);
    assertThat(body()).contains("reverse(text)");
    assertThat(flushed).hasSizeGreaterThan(1);
    ModelCall call =
        ModelProtocol.readCall(aws.calls("InvokeWithResponseStream").getFirst().body());
    assertThat(call.target()).isEqualTo(new Target.Row("default", 0));
    assertThat(call.timeouts().total()).isLessThan(Duration.ofSeconds(59));
    assertThat(aws.refusals()).isEmpty();
  }

  @Test
  void givenARequest_whenAnswered_thenTheQueueHasBothRecords() throws Exception {
    answering(new ModelEvent.Text("text[::-1]"), new ModelEvent.Finish("stop"));

    handle(event("code_completions.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(200);
    assertThat(aws.messages(QUEUE).stream().map(RouterFunctionTest::record).toList())
        .containsExactly("opening", "closing");
    assertThat(aws.calls().stream().map(AwsCall::operation))
        .contains("GetItem", "SendMessage", "InvokeWithResponseStream");
  }

  private static String record(String message) {
    try {
      return ((JsonObject) Json.read(((JsonObject) Json.read(message)).text("text", "")))
          .text("record", "");
    } catch (JsonSyntaxException e) {
      throw new AssertionError(message, e);
    }
  }

  @Test
  void givenAStream_whenTheModelHasSaidAWord_thenItIsThereBeforeTheNext() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    aws.function(
        "backend-openai:live",
        (payload, stream) -> {
          send(stream, new ModelEvent.Text("first\n"));
          seen.await();
          send(stream, new ModelEvent.Text("second\n"), new ModelEvent.Finish("stop"));
          stream.complete();
        });
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            flushed.add(toString(UTF_8));
            if (toString(UTF_8).contains("first")) {
              seen.countDown();
            }
            reset();
          }
        };
    function()
        .handleRequest(
            new ByteArrayInputStream(event("code_generations.json").getBytes(UTF_8)),
            out,
            context(Duration.ofMinutes(1)));
    assertThat(body()).contains("first\nsecond");
  }

  @Test
  void givenABackendWithoutConcurrency_whenAsked_thenTheAnswerIs429WithRetryAfter()
      throws Exception {
    AwsStub.Behaviour[] many = new AwsStub.Behaviour[500];
    Arrays.fill(many, AwsStub.error(429, "TooManyRequestsException", "Rate Exceeded."));
    aws.next("InvokeWithResponseStream", many);

    handle(event("code_completions.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(429);
    JsonObject headers = prelude().object("headers");
    assertThat(headers).isNotNull();
    assertThat(String.valueOf(headers)).contains("Retry-After");
    assertThat(log.toString(UTF_8)).contains("reserved concurrency");
  }

  @Test
  void givenABackendThatIsGone_whenAsked_thenTheAnswerNamesItsFunction() throws Exception {
    handle(event("code_completions.json"));

    assertThat(prelude().number("statusCode")).isEqualTo(422);
    assertThat(body()).contains("backend-openai:live").contains("ResourceNotFoundException");
  }

  @Test
  void givenATermination_whenAModelIsAsked_thenTheRequestEndsAndItsRecordIsKept() throws Exception {
    CountDownLatch invoked = new CountDownLatch(1);
    aws.function(
        "backend-openai:live",
        (payload, stream) -> {
          invoked.countDown();
          stream.connection().untilClosed();
        });
    RouterFunction function = function();
    Thread runtime =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    invoked.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  function.close();
                });
    handle(function, event("code_completions.json"), Duration.ofMinutes(1));
    runtime.join();
    assertThat(prelude().number("statusCode")).isEqualTo(503);
    assertThat(aws.messages(QUEUE).getLast()).contains("terminated");
  }

  @Test
  void givenLittleTime_whenTheModelHangs_thenTheAnswerComesBeforeLambdaStopsUs() throws Exception {
    aws.function("backend-openai:live", (payload, stream) -> stream.connection().untilClosed());

    handle(function(), event("code_completions.json"), Duration.ofSeconds(2));

    assertThat(prelude().number("statusCode")).isEqualTo(504);
  }

  @Test
  void givenAHealthCheck_whenHandled_thenNoCallerIsNeeded() throws Exception {
    handle(event("healthz.json"));
    assertThat(prelude().number("statusCode")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SLUICE_STATE_TABLE",
        "SLUICE_AUDIT_QUEUE_URL",
        "SLUICE_BACKEND_OPENAI",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY"
      })
  void givenAMissingVariable_whenStarted_thenItIsNamed(String variable) {
    assertRefused(variable, " ");
  }

  @ParameterizedTest
  @CsvSource({
    "SLUICE_BACKEND_OPENAI, no/name",
    "SLUICE_MODEL_NAME, ''",
    "SLUICE_ALLOW_ENDPOINTS, ftp://x",
    "AWS_ENDPOINT_URL_LAMBDA, nonsense"
  })
  void givenAMalformedVariable_whenStarted_thenItIsNamed(String variable, String value) {
    assertRefused(variable, value);
  }

  private void assertRefused(String variable, String value) {
    Map<String, String> environment = environment();
    environment.put(variable, value);
    assertThatThrownBy(
            () ->
                new RouterFunction(
                    environment, new JsonLines(log, Clock.systemUTC()), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }

  @Test
  void givenTheEnvironment_whenStarted_thenExactlyTheListedVariablesAreRead() throws Exception {
    TreeSet<String> read = new TreeSet<>();
    Map<String, String> recording =
        new HashMap<>(environment()) {
          private static final long serialVersionUID = 1L;

          @Override
          public String getOrDefault(Object key, String otherwise) {
            read.add(String.valueOf(key));
            String value = get(key);
            return value == null ? otherwise : value;
          }
        };
    new RouterFunction(recording, new JsonLines(log, Clock.systemUTC()), Clock.systemUTC());
    read.removeIf(name -> name.startsWith("AWS_"));
    assertThat(read)
        .containsExactlyElementsOf(Files.readAllLines(Path.of("src/main/environment.txt")));
  }

  private ByteArrayOutputStream recording() {
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        flushed.add(toString(UTF_8));
        reset();
      }
    };
  }

  private JsonObject prelude() throws Exception {
    String all = String.join("", flushed);
    return (JsonObject) Json.read(all.substring(0, all.indexOf(NULS)));
  }

  private String body() {
    String all = String.join("", flushed);
    return all.substring(all.indexOf(NULS) + NULS.length());
  }

  private static String event(String name) throws IOException {
    return Files.readString(EVENTS.resolve(name));
  }

  private static Context context(Duration remaining) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> "request-1";
                  case "getRemainingTimeInMillis" -> (int) remaining.toMillis();
                  default -> null;
                });
  }
}
