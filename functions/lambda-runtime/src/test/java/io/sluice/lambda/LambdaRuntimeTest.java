package io.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LambdaRuntimeTest {

  private final RuntimeUnderTest runtime = new RuntimeUnderTest();
  private final RuntimeApiStub api = runtime.api();

  @AfterEach
  void stop() {
    runtime.close();
  }

  @Test
  void givenAHandlerThatFlushes_whenItAnswers_thenEveryByteOfTheStreamIsRight() throws Exception {
    start(
        (in, out, context) -> {
          out.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
          out.write(new byte[8]);
          out.flush();
          out.write("tok".getBytes(StandardCharsets.UTF_8));
          out.write('e');
          out.write("n".getBytes(StandardCharsets.UTF_8));
          out.flush();
          out.write("rest".getBytes(StandardCharsets.UTF_8));
          out.close();
        });

    RuntimeApiAnswer answer = api.invoke(new byte[0]).await();

    assertThat(answer.head())
        .isEqualTo(
            """
            POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r
            Host: %s\r
            Lambda-Runtime-Function-Response-Mode: streaming\r
            Content-Type: application/vnd.awslambda.http-integration-response\r
            Transfer-Encoding: chunked\r
            Trailer: Lambda-Runtime-Function-Error-Type\r
            Trailer: Lambda-Runtime-Function-Error-Body\r
            \r
            """
                .formatted(answer.requestId(), api.authority()));
    assertThat(texts(answer))
        .containsExactly("{\"statusCode\":200}" + "\0".repeat(8), "token", "rest");
    assertThat(answer.trailers()).isEmpty();
  }

  @Test
  void givenAStream_whenTheHandlerFlushes_thenTheChunkLeavesBeforeTheNextIsMade() throws Exception {
    SynchronousQueue<String> pieces = new SynchronousQueue<>();
    start(
        (in, out, context) -> {
          for (String piece = take(pieces); !piece.isEmpty(); piece = take(pieces)) {
            out.write(piece.getBytes(StandardCharsets.UTF_8));
            out.flush();
          }
        });

    RuntimeApiAnswer answer = api.invoke(new byte[0]);

    for (String piece : List.of("one", "two", "three")) {
      pieces.put(piece);
      assertThat(answer.nextChunk().text()).isEqualTo(piece);
      assertThat(answer.ended()).isFalse();
    }
    pieces.put("");
    assertThat(answer.await().text()).isEqualTo("onetwothree");
  }

  @Test
  void givenAHandlerThatNeverFlushes_whenItReturns_thenTheAnswerIsBuffered() throws Exception {
    start((in, out, context) -> out.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));

    RuntimeApiAnswer answer = api.invoke(new byte[0]).await();

    assertThat(answer.head())
        .contains("Content-Length: 7\r\n")
        .contains("Content-Type: application/json\r\n")
        .doesNotContain("streaming");
    assertThat(answer.text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void givenALargeAnswer_whenItIsNeverFlushed_thenItStreamsAllTheSame() throws Exception {
    byte[] piece = new byte[ResponseBody.MAX_BUFFERED - 10];
    start(
        (in, out, context) -> {
          out.write(piece);
          out.write(new byte[20]);
          out.write(new byte[ResponseBody.MAX_BUFFERED]);
        });

    RuntimeApiAnswer answer = api.invoke(new byte[0]).await();

    assertThat(answer.head()).contains("Transfer-Encoding: chunked");
    assertThat(answer.text()).hasSize(2 * ResponseBody.MAX_BUFFERED + 10);
  }

  @Test
  void givenAnError_whenNothingWasSent_thenTheInvocationFailsAndTheNextOneWorks() throws Exception {
    start(
        (in, out, context) -> {
          if (in.readAllBytes().length == 0) {
            out.write("never sent".getBytes(StandardCharsets.UTF_8));
            throw new IllegalStateException("a secret prompt");
          }
          out.write("fine".getBytes(StandardCharsets.UTF_8));
        });

    RuntimeApiAnswer failed = api.invoke(new byte[0]).await();
    RuntimeApiAnswer next = api.invoke(new byte[1]).await();

    assertThat(failed.kind()).isEqualTo("error");
    assertThat(failed.head())
        .contains("Lambda-Runtime-Function-Error-Type: Function.IllegalStateException\r\n");
    assertThat(failed.text())
        .isEqualTo(
            "{\"errorMessage\":\"The function failed; its log says where\","
                + "\"errorType\":\"Function.IllegalStateException\",\"stackTrace\":[]}");
    assertThat(next.text()).isEqualTo("fine");
    assertThat(runtime.log())
        .contains("\"exception_class\":\"java.lang.IllegalStateException\"")
        .contains(failed.requestId())
        .doesNotContain("secret prompt");
  }

  @Test
  void givenAnError_whenTheStreamHasBegun_thenTrailersTellIt() throws Exception {
    start(
        (in, out, context) -> {
          out.write("half".getBytes(StandardCharsets.UTF_8));
          out.flush();
          throw new IOException("model gone");
        });

    RuntimeApiAnswer answer = api.invoke(new byte[0]).await();

    assertThat(answer.kind()).isEqualTo("response");
    assertThat(answer.text()).isEqualTo("half");
    List<String> trailers = answer.trailers().lines().toList();
    assertThat(trailers).hasSize(2);
    assertThat(trailers.getFirst())
        .isEqualTo("Lambda-Runtime-Function-Error-Type: Function.IOException");
    String body = trailers.getLast().substring("Lambda-Runtime-Function-Error-Body: ".length());
    assertThat(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8))
        .contains("\"errorType\":\"Function.IOException\"");
    assertThat(api.invoke(new byte[0]).await().text()).isEqualTo("half");
  }

  @Test
  void givenAnInvocation_whenHandled_thenTheContextSaysWhatLambdaSaid() throws Exception {
    AtomicReference<Context> seen = new AtomicReference<>();
    runtime.start(
        (in, out, context) -> seen.set(context),
        Map.of(
            "AWS_LAMBDA_FUNCTION_NAME", "gateway",
            "AWS_LAMBDA_FUNCTION_VERSION", "7",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
            "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/gateway",
            "AWS_LAMBDA_LOG_STREAM_NAME", "s"));

    RuntimeApiAnswer answer =
        api.invoke(
                new byte[0],
                System.currentTimeMillis() + 5_000,
                "Lambda-Runtime-Aws-Tenant-Id: acme\r\n")
            .await();

    Context context = java.util.Objects.requireNonNull(seen.get());
    assertThat(context.getAwsRequestId()).isEqualTo(answer.requestId());
    assertThat(context.getInvokedFunctionArn()).startsWith("arn:aws:lambda:");
    assertThat(context.getRemainingTimeInMillis()).isBetween(0, 5_000);
    assertThat(context.getTenantId()).isEqualTo("acme");
    assertThat(context.getXrayTraceId()).startsWith("Root=1-");
    assertThat(context.getFunctionName()).isEqualTo("gateway");
    assertThat(context.getFunctionVersion()).isEqualTo("7");
    assertThat(context.getMemoryLimitInMB()).isEqualTo(512);
    assertThat(context.getLogGroupName()).isEqualTo("/aws/lambda/gateway");
    assertThat(context.getLogStreamName()).isEqualTo("s");
    assertThat(context.getIdentity()).isNull();
    assertThat(context.getClientContext()).isNull();
    context.getLogger().log("a \"line\" \u00e9".getBytes(StandardCharsets.UTF_8));
    assertThat(runtime.log()).contains("\"message\":\"a \\\"line\\\" \\u00e9\"");
  }

  @Test
  void givenSeveralWorkers_whenInvocationsCome_thenTheyRunAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    runtime.start(
        (in, out, context) -> {
          try {
            together.await();
          } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IOException(e);
          }
          in.transferTo(out);
        },
        Map.of("AWS_LAMBDA_MAX_CONCURRENCY", "3"));

    List<RuntimeApiAnswer> answers =
        List.of(api.invoke(bytes("a")), api.invoke(bytes("b")), api.invoke(bytes("c")));

    assertThat(answers.get(0).await().text()).isEqualTo("a");
    assertThat(answers.get(1).await().text()).isEqualTo("b");
    assertThat(answers.get(2).await().text()).isEqualTo("c");
  }

  @Test
  void givenAHandlerThatCannotStart_whenRun_thenLambdaIsToldWhy() throws Exception {
    runtime.init(Map.of("_HANDLER", Unstartable.class.getName()));

    RuntimeApiAnswer report = api.initError().join();
    assertThat(report.text()).contains("the setting SLUICE_X is missing");
    assertThat(report.head())
        .contains("Lambda-Runtime-Function-Error-Type: Runtime.IllegalArgumentException");
    assertThat(runtime.log()).contains("could not start: the setting SLUICE_X is missing");
  }

  @Test
  void givenNoSuchHandler_whenRun_thenLambdaIsTold() throws Exception {
    runtime.init(Map.of("_HANDLER", "java.lang.Object"));

    assertThat(api.initError().join().text())
        .contains("java.lang.Object is no RequestStreamHandler");
  }

  @Test
  void givenAMalformedVariable_whenRun_thenLambdaIsTold() throws Exception {
    runtime.init(Map.of("AWS_LAMBDA_MAX_CONCURRENCY", "many"));

    assertThat(api.initError().join().text()).contains("AWS_LAMBDA_MAX_CONCURRENCY");
  }

  @Test
  void givenAnIncompleteEnvironment_whenRead_thenTheVariableIsNamed() {
    assertThatThrownBy(() -> FunctionEnvironment.of(Map.of()))
        .hasMessageContaining("AWS_LAMBDA_RUNTIME_API");
    assertThatThrownBy(
            () ->
                FunctionEnvironment.of(
                    Map.of(
                        "AWS_LAMBDA_RUNTIME_API", "x",
                        "_HANDLER", "y",
                        "AWS_LAMBDA_MAX_CONCURRENCY", "many")))
        .hasMessageContaining("AWS_LAMBDA_MAX_CONCURRENCY");
  }

  /** A handler whose settings are incomplete. */
  public static final class Unstartable implements RequestStreamHandler {
    public Unstartable() {
      throw new IllegalArgumentException("the setting SLUICE_X is missing");
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}
  }

  private void start(RequestStreamHandler handler) {
    runtime.start(handler);
  }

  private static List<String> texts(RuntimeApiAnswer answer) {
    return answer.chunks().stream().map(RuntimeApiAnswer.Chunk::text).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String take(SynchronousQueue<String> queue) throws IOException {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
