package io.sluice.router.remote;

import static io.sluice.testing.AwsStub.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.LambdaFunction;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEvent.Finish;
import io.sluice.core.model.ModelEvent.Text;
import io.sluice.core.model.ModelEventSink;
import io.sluice.core.model.ModelProtocol;
import io.sluice.core.model.Sampling;
import io.sluice.core.model.Target;
import io.sluice.core.model.Timeouts;
import io.sluice.core.time.Cancellation;
import io.sluice.testing.AwsStub;
import io.sluice.testing.InvokeStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteBackendTest {

  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Duration BRIEF = Duration.ofMillis(300);

  private final AwsStub stub = AwsStub.start();
  private final RemoteBackend backend =
      new RemoteBackend(
          new LambdaFunction(
              AwsEnvironment.of(stub.environment()),
              "arn:aws:lambda:eu-central-1:123456789012:function:backend-openai"));
  private final Cancellation cancellation = new Cancellation();
  private final List<ModelEvent> events = new ArrayList<>();

  @AfterEach
  void stop() {
    stub.close();
  }

  private static ModelCall call(boolean streamed, Duration first, Duration idle, Duration total) {
    return new ModelCall(
        "id-1",
        new Target.Row("m", 7),
        new ModelCall.Chat(List.of(Message.user("x"))),
        Sampling.DEFAULT,
        streamed,
        false,
        new Timeouts(first, idle, total));
  }

  private void ask() throws IOException {
    backend.call(call(true, AMPLE, AMPLE, AMPLE), cancellation, events::add);
  }

  private Failure failure() {
    assertThat(events.getLast()).isInstanceOf(Failure.class);
    return (Failure) events.getLast();
  }

  private Failure failed() throws IOException {
    ask();
    assertThat(events).hasSize(1);
    return failure();
  }

  private static byte[] lines(ModelEvent... all) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ModelEvent event : all) {
      bytes.writeBytes(ModelProtocol.write(event));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private void answering(AwsStub.StreamedFunction function) {
    stub.function("backend-openai", function);
  }

  @Test
  void givenACall_whenInvoked_thenTheFunctionGetsItAndItsEventsCome() throws Exception {
    answering(
        (payload, stream) ->
            stream
                .chunk(lines(new Text("a\nb"), new ModelEvent.Usage(1, 2, 0)))
                .chunk(lines(new Finish("stop")))
                .complete());
    ask();
    assertThat(events)
        .containsExactly(new Text("a\nb"), new ModelEvent.Usage(1, 2, 0), new Finish("stop"));
    assertThat(ModelProtocol.readCall(stub.calls().getFirst().body()))
        .isEqualTo(call(true, AMPLE, AMPLE, AMPLE));
    assertThat(stub.refusals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40, 100_000})
  void givenLines_whenSplitAnywhere_thenTheEventsAreWhole(int size) throws Exception {
    String text = "ä€\uD83D\uDE00".repeat(size > 1_000 ? 20_000 : 3);
    byte[] all = lines(new Text(text), new Text(""), new Finish("stop"));
    answering(
        (payload, stream) -> {
          for (int i = 0; i < all.length; i += size) {
            stream.chunk(Arrays.copyOfRange(all, i, Math.min(all.length, i + size)));
          }
          stream.complete();
        });
    ask();
    assertThat(events).containsExactly(new Text(text), new Text(""), new Finish("stop"));
  }

  @Test
  void givenAStream_whenItsFirstEventIsThere_thenItIsHandedOnBeforeTheNext() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    answering(
        (payload, stream) -> {
          stream.chunk(lines(new Text("a")));
          seen.await();
          stream.chunk(lines(new Finish("stop"))).complete();
        });
    ModelEventSink sink =
        event -> {
          events.add(event);
          seen.countDown();
        };
    backend.call(call(true, AMPLE, AMPLE, AMPLE), cancellation, sink);
    assertThat(events).containsExactly(new Text("a"), new Finish("stop"));
  }

  @Test
  void givenTheBackendsOwnFailure_whenRead_thenItIsHandedOnAsItIs() throws Exception {
    Failure own = new Failure(Failure.Kind.STATUS, 429, "the model is busy", 3L);
    answering((payload, stream) -> stream.chunk(lines(own)).complete());
    assertThat(failed()).isEqualTo(own);
  }

  @Test
  void givenABackendWithoutConcurrency_whenAsked_thenTheFailureIsTooManyRequests()
      throws Exception {
    AwsStub.Behaviour[] many = new AwsStub.Behaviour[300];
    Arrays.fill(many, error(429, "TooManyRequestsException", "Rate Exceeded."));
    stub.next("InvokeWithResponseStream", many);
    Failure failure = failed();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.STATUS);
    assertThat(failure.status()).isEqualTo(429);
    assertThat(failure.message()).contains("backend-openai").contains("reserved concurrency");
    assertThat(stub.calls().size()).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDeniedException, CONFIGURATION, 0",
    "404, ResourceNotFoundException, CONFIGURATION, 0",
    "413, RequestTooLargeException, STATUS, 413",
    "307, Somewhere, PROTOCOL, 0"
  })
  void givenARefusal_whenAsked_thenTheFailureTellsIt(
      int status, String code, Failure.Kind kind, int told) throws Exception {
    stub.next("InvokeWithResponseStream", error(status, code, "x"));
    Failure failure = failed();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(told);
    assertThat(failure.message())
        .contains("backend-openai")
        .contains(code)
        .doesNotContain("123456789012");
    assertThat(failure.message().length()).isLessThanOrEqualTo(300);
  }

  @Test
  void givenAServiceThatFails_whenItStaysSo_thenTheFailureHasItsStatus() throws Exception {
    AwsStub.Behaviour[] many = new AwsStub.Behaviour[300];
    Arrays.fill(many, error(502, "ENILimitReachedException", "x"));
    stub.next("InvokeWithResponseStream", many);
    assertThat(failed().status()).isEqualTo(502);
  }

  @Test
  void givenACrash_whenNothingWasAnswered_thenItMayBeTriedAgain() throws Exception {
    answering((payload, stream) -> stream.complete("Runtime.ExitError", "exit status 1"));
    Failure failure = failed();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.STATUS);
    assertThat(failure.status()).isEqualTo(500);
    assertThat(failure.message()).contains("Runtime.ExitError");
  }

  @Test
  void givenACrash_whenSomethingWasAnswered_thenTheAnswerIsTruncated() throws Exception {
    answering(
        (payload, stream) ->
            stream.chunk(lines(new Text("a"))).complete("Function.IOException", "x"));
    ask();
    assertThat(events).hasSize(2);
    assertThat(failure().kind()).isEqualTo(Failure.Kind.TRUNCATED);
  }

  @Test
  void givenAFunctionThatRanOutOfTime_whenRead_thenItIsATimeout() throws Exception {
    answering((payload, stream) -> stream.complete("Sandbox.Timedout", "x"));
    assertThat(failed().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void givenAnExceptionInTheStream_whenRead_thenTheAnswerIsTruncated() throws Exception {
    answering((payload, stream) -> stream.exception("ServiceException", "x"));
    assertThat(failed().kind()).isEqualTo(Failure.Kind.TRUNCATED);
  }

  @Test
  void givenAStreamThatIsCut_whenRead_thenTheAnswerIsTruncated() throws Exception {
    answering(
        (payload, stream) -> {
          stream.chunk(lines(new Text("a")));
          stream.connection().reset();
        });
    ask();
    assertThat(failure().kind()).isEqualTo(Failure.Kind.TRUNCATED);
  }

  @Test
  void givenNoTerminalEvent_whenTheStreamEnds_thenTheAnswerIsTruncated() throws Exception {
    answering((payload, stream) -> stream.chunk(lines(new Text("a"))).chunk("{\"ev").complete());
    ask();
    assertThat(events).hasSize(2);
    assertThat(failure().kind()).isEqualTo(Failure.Kind.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json\n", "{}\n", "\n", "{\"event\":\"text\"}\n"})
  void givenALineThatIsNoEvent_whenRead_thenItIsAProtocolFailure(String line) throws Exception {
    answering((payload, stream) -> stream.chunk(line).complete());
    assertThat(failed().kind()).isEqualTo(Failure.Kind.PROTOCOL);
  }

  @Test
  void givenALineWithoutEnd_whenRead_thenItIsTooLarge() throws Exception {
    answering(
        (payload, stream) -> {
          byte[] much = new byte[1_000_000];
          Arrays.fill(much, (byte) ' ');
          for (int i = 0; i < 20; i++) {
            stream.chunk(much);
          }
          stream.complete();
        });
    assertThat(failed().kind()).isEqualTo(Failure.Kind.TOO_LARGE);
  }

  @Test
  void givenDamage_whenRead_thenItIsAProtocolFailure() throws Exception {
    answering((payload, stream) -> stream.send("these are no frames, truly".getBytes(UTF_8)));
    assertThat(failed().kind()).isEqualTo(Failure.Kind.PROTOCOL);
  }

  private static void silently(byte[] payload, InvokeStream stream) throws IOException {
    stream.connection().untilClosed();
  }

  @Test
  void givenASilentFunction_whenTheFirstEventIsDue_thenItIsATimeout() throws Exception {
    answering(RemoteBackendTest::silently);
    backend.call(call(true, BRIEF, AMPLE, AMPLE), cancellation, events::add);
    assertThat(failure().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void givenAnUnstreamedAnswer_whenItIsDue_thenItIsATimeout() throws Exception {
    answering(
        (payload, stream) -> silently(payload, stream.chunk(lines(new ModelEvent.Usage(1, 1, 0)))));
    backend.call(call(false, BRIEF, AMPLE, AMPLE), cancellation, events::add);
    assertThat(failure().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void givenAStreamThatFallsSilent_whenTheTotalIsReached_thenItIsATimeout() throws Exception {
    answering((payload, stream) -> silently(payload, stream.chunk(lines(new Text("a")))));
    backend.call(call(true, BRIEF, AMPLE, BRIEF), cancellation, events::add);
    assertThat(events.getFirst()).isEqualTo(new Text("a"));
    assertThat(failure().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void givenACancellation_whenItComesMidStream_thenTheConnectionIsClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    answering(
        (payload, stream) -> {
          silently(payload, stream.chunk(lines(new Text("a"))));
          closed.countDown();
        });
    ModelEventSink sink =
        event -> {
          events.add(event);
          cancellation.cancel();
        };
    backend.call(call(true, AMPLE, AMPLE, AMPLE), cancellation, sink);
    closed.await();
    assertThat(failure().kind()).isEqualTo(Failure.Kind.CANCELLED);
  }

  @Test
  void givenASinkThatThrows_whenAnEventComes_thenTheConnectionIsClosedAndItIsThrown()
      throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    answering(
        (payload, stream) -> {
          silently(payload, stream.chunk(lines(new Text("a"))));
          closed.countDown();
        });
    assertThatThrownBy(
            () ->
                backend.call(
                    call(true, AMPLE, AMPLE, AMPLE),
                    cancellation,
                    event -> {
                      throw new IOException("the caller left");
                    }))
        .hasMessage("the caller left");
    closed.await();
  }

  @Test
  void givenNobodyListening_whenAsked_thenItIsAConnectionFailure() throws Exception {
    stub.close();
    Failure failure = failed();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.CONNECTION);
    assertThat(failure.message()).contains("com.amazonaws.eu-central-1.lambda");
  }
}
