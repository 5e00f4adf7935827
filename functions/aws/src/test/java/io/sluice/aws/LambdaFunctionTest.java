package io.sluice.aws;

import static io.sluice.testing.AwsStub.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.AwsException.Kind;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.testing.AwsStub;
import io.sluice.testing.InvokeStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

class LambdaFunctionTest extends StubbedTest {

  private static final byte[] EVENT = "{\"model\":\"call\"}".getBytes(UTF_8);
  private static final String ARN =
      "arn:aws:lambda:eu-central-1:123456789012:function:backend:live";

  private final Cancellation cancellation = new Cancellation();
  private final LambdaFunction function = new LambdaFunction(environment, ARN);

  private InvocationStream stream() throws AwsException {
    return function.stream(EVENT, cancellation, ample());
  }

  private byte[] answer() throws IOException {
    try (InvocationStream stream = stream()) {
      return stream.readAllBytes();
    }
  }

  @Test
  void givenAFunction_whenInvoked_thenItsBytesComeAndTheStreamEnds() throws Exception {
    stub.function(
        "backend:live",
        (payload, stream) -> stream.chunk(payload).chunk("").chunk("ä\n").complete());
    assertThat(new String(answer(), UTF_8)).isEqualTo("{\"model\":\"call\"}ä\n");
    assertThat(stub.refusals()).isEmpty();
    assertThat(stub.calls().getFirst().target())
        .isEqualTo(
            "/2021-11-15/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction"
                + "%3Abackend%3Alive/response-streaming-invocations");
    assertThat(function.name()).isEqualTo("backend:live");
  }

  @Test
  void givenTwoInvocations_whenRead_thenTheyShareAConnection() throws Exception {
    stub.function("backend:live", (payload, stream) -> stream.chunk("x").complete());
    answer();
    answer();
    assertThat(stub.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void givenASlowFunction_whenItStreams_thenEachChunkComesBeforeTheNextIsMade() throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    stub.function(
        "backend:live",
        (payload, stream) -> {
          stream.chunk("a");
          firstRead.await();
          stream.chunk("b").complete();
        });
    try (InvocationStream stream = stream()) {
      assertThat(stream.read()).isEqualTo('a');
      firstRead.countDown();
      assertThat(stream.read()).isEqualTo('b');
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.read(new byte[0], 0, 0)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 11, 12, 13, 50})
  void givenFramesOfTheSdk_whenSplitAnywhere_thenTheyAreReadWhole(int size) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    message(all, Map.of(":message-type", "event", ":event-type", "PayloadChunk"), "hello ");
    message(all, Map.of(":message-type", "event", ":event-type", "YetToBeInvented"), "?");
    message(all, Map.of(":message-type", "event", ":event-type", "PayloadChunk"), "world");
    message(all, Map.of(":message-type", "event", ":event-type", "InvokeComplete"), "{}");
    byte[] frames = all.toByteArray();
    stub.function(
        "backend:live",
        (payload, stream) -> {
          for (int i = 0; i < frames.length; i += size) {
            stream.send(Arrays.copyOfRange(frames, i, Math.min(frames.length, i + size)));
          }
          stream.end();
        });
    assertThat(new String(answer(), UTF_8)).isEqualTo("hello world");
  }

  private static void message(ByteArrayOutputStream to, Map<String, String> headers, String text) {
    Map<String, HeaderValue> values = new LinkedHashMap<>();
    headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
    new Message(values, text.getBytes(UTF_8)).encode(to);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Runtime.ExitError", "Sandbox.Timedout", "Function.ResponseSizeTooLarge"})
  void givenAFunctionThatFails_whenRead_thenItsErrorCodeIsNamedAndNoDetail(String code) {
    stub.function(
        "backend:live",
        (payload, stream) -> stream.chunk("half").complete(code, "details with a prompt"));
    AwsException failure = failure(Kind.FUNCTION, this::answer);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure)
        .hasMessageContaining("function backend:live")
        .hasMessageContaining(code)
        .hasMessageNotContaining("prompt");
  }

  @Test
  void givenAnExceptionOfTheService_whenRead_thenItIsNamed() {
    stub.function(
        "backend:live", (payload, stream) -> stream.exception("ServiceException", "words"));
    assertThat(failure(Kind.UNAVAILABLE, this::answer).code()).isEqualTo("ServiceException");
  }

  @Test
  void givenAnErrorFrame_whenRead_thenItsCodeIsNamed() throws Exception {
    byte[] frame =
        InvokeStream.frame(
            Map.of(":message-type", "error", ":error-code", "InternalError"), new byte[0]);
    stub.function("backend:live", (payload, stream) -> stream.send(frame));
    assertThat(failure(Kind.UNAVAILABLE, this::answer).code()).isEqualTo("InternalError");
  }

  @Test
  void givenABodyThatEndsEarly_whenRead_thenTheStreamIsCut() {
    stub.function("backend:live", (payload, stream) -> stream.chunk("half").end());
    assertThat(failure(Kind.TRUNCATED, this::answer)).hasMessageContaining("cut off");
  }

  @Test
  void givenAConnectionThatBreaks_whenRead_thenTheStreamIsCut() {
    stub.function(
        "backend:live",
        (payload, stream) -> {
          stream.chunk("half");
          stream.connection().reset();
        });
    failure(Kind.TRUNCATED, this::answer);
    assertThat(stub.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 20, -1})
  void givenADamagedFrame_whenRead_thenItIsAProtocolFailure(int at) throws Exception {
    byte[] frame =
        InvokeStream.frame(
            Map.of(":message-type", "event", ":event-type", "PayloadChunk"),
            "text".getBytes(UTF_8));
    frame[at < 0 ? frame.length + at : at] ^= 1;
    stub.function(
        "backend:live",
        (payload, stream) -> {
          stream.send(frame);
          stream.complete();
        });
    assertThat(failure(Kind.PROTOCOL, this::answer)).hasMessageContaining("damaged");
  }

  @Test
  void givenAnEndThatIsNotJson_whenRead_thenItIsAProtocolFailure() throws Exception {
    byte[] frame =
        InvokeStream.frame(
            Map.of(":message-type", "event", ":event-type", "InvokeComplete"),
            "no".getBytes(UTF_8));
    stub.function("backend:live", (payload, stream) -> stream.send(frame));
    failure(Kind.PROTOCOL, this::answer);
  }

  @Test
  void givenThrottlingThatPasses_whenInvoked_thenItIsTriedAgain() throws Exception {
    stub.function("backend:live", (payload, stream) -> stream.chunk("x").complete());
    stub.next("InvokeWithResponseStream", error(429, "TooManyRequestsException", "Rate Exceeded."));
    assertThat(answer()).hasSize(1);
    assertThat(stub.calls()).hasSize(2);
  }

  @Test
  void givenThrottlingThatStays_whenInvoked_thenRetryAfterIsHandedOn() {
    String reason = "{\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\"}";
    AwsStub.Behaviour throttled =
        (call, connection) ->
            connection.send(
                "HTTP/1.1 429 X\r\nx-amzn-ErrorType: TooManyRequestsException\r\nRetry-After: 7\r\n"
                    + "Content-Length: %d\r\n\r\n%s".formatted(reason.length(), reason));
    AwsStub.Behaviour[] many = new AwsStub.Behaviour[200];
    Arrays.fill(many, throttled);
    stub.next("InvokeWithResponseStream", many);
    AwsException failure =
        failure(Kind.THROTTLED, () -> function.stream(EVENT, cancellation, brief()));
    assertThat(failure.retryAfterSeconds()).isEqualTo(7);
    assertThat(failure.code()).isEqualTo("TooManyRequestsException");
  }

  @Test
  void givenAResetAfterTheRequest_whenInvoked_thenItIsNotInvokedTwice() {
    stub.next("InvokeWithResponseStream", (call, connection) -> connection.reset());
    failure(Kind.CONNECTION, this::answer);
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void givenADenial_whenInvoked_thenThePermissionIsNamed() {
    stub.next("InvokeWithResponseStream", error(403, "AccessDeniedException", "x"));
    assertThat(failure(Kind.DENIED, this::answer))
        .hasMessageContaining("Allow lambda:InvokeFunction");
  }

  @Test
  void givenNoSuchFunction_whenInvoked_thenItIsRejected() {
    assertThat(failure(Kind.REJECTED, this::answer))
        .hasMessageContaining("ResourceNotFoundException (status 404");
  }

  @Test
  void givenAFunctionThatIsSilent_whenTheDeadlinePasses_thenItTimesOut() {
    stub.function(
        "backend:live",
        (payload, stream) -> {
          stream.chunk("x");
          stream.connection().untilClosed();
        });
    failure(
        Kind.TIMEOUT,
        () -> {
          try (InvocationStream stream = stream()) {
            stream.readDeadline(brief());
            stream.readAllBytes();
          }
        });
  }

  @Test
  void givenACancellation_whenItComesWhileWaiting_thenTheConnectionIsClosed() throws Exception {
    CountDownLatch invoked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    stub.function(
        "backend:live",
        (payload, stream) -> {
          invoked.countDown();
          stream.connection().untilClosed();
          closed.countDown();
        });
    Thread canceller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    invoked.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  cancellation.cancel();
                });
    failure(Kind.CANCELLED, this::answer);
    closed.await();
    canceller.join();
  }

  @Test
  void givenAStream_whenClosedEarly_thenTheConnectionIsClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    stub.function(
        "backend:live",
        (payload, stream) -> {
          stream.chunk("x");
          stream.connection().untilClosed();
          closed.countDown();
        });
    try (InvocationStream stream = stream()) {
      assertThat(stream.read()).isEqualTo('x');
    }
    closed.await();
    function.close();
  }

  @Test
  void givenACancellation_whenItCameBefore_thenNothingIsRetried() {
    stub.next("InvokeWithResponseStream", error(503, "ServiceException", "x"));
    cancellation.cancel();
    failure(
        Kind.CANCELLED,
        () -> function.stream(EVENT, cancellation, Deadline.after(Duration.ofSeconds(9))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "name?x", "näme", "a b"})
  void givenAStrangeName_whenAFunctionIsMade_thenItIsRefused(String name) {
    assertThatThrownBy(() -> new LambdaFunction(environment, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("function's name");
  }
}
