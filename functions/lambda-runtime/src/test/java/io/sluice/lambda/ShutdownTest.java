package io.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What SIGTERM does, but for the signal and the process's end. */
class ShutdownTest {

  private final RuntimeUnderTest runtime = new RuntimeUnderTest();
  private final RuntimeApiStub api = runtime.api();

  @AfterEach
  void stop() {
    runtime.close();
  }

  @Test
  void givenIdleWorkers_whenShutDown_thenTheyEndAtOnceAndTheHandlerIsClosed() throws Exception {
    Streaming handler = new Streaming(true);
    LambdaRuntime running = runtime.start(handler, Map.of("AWS_LAMBDA_MAX_CONCURRENCY", "2"));
    assertThat(api.awaitPolls(2, Duration.ofSeconds(30))).isTrue();

    running.shutdown().run();

    assertThat(runtime.end()).hasMessage("it returned");
    assertThat(handler.closed.getCount()).isZero();
    assertThat(runtime.log()).doesNotContain("\"level\":\"error\"");
  }

  @Test
  void givenAStream_whenTheHandlerBreaksItOffOnClose_thenTrailersTellOfTheShutdown()
      throws Exception {
    Streaming handler = new Streaming(true);
    LambdaRuntime running = runtime.start(handler);
    RuntimeApiAnswer answer = api.invoke(new byte[0]);
    answer.nextChunk();

    running.shutdown().run();

    assertThat(answer.await().text()).isEqualTo("some, and a closing word");
    assertThat(answer.trailers())
        .startsWith("Lambda-Runtime-Function-Error-Type: Runtime.Shutdown\n")
        .contains("Lambda-Runtime-Function-Error-Body: ");
    assertThat(runtime.end()).hasMessage("it returned");
    assertThat(api.polls()).isEqualTo(1);
  }

  @Test
  void givenAHandlerThatGoesOn_whenTheGraceIsOver_thenItsAnswerIsEndedInItsStead()
      throws Exception {
    Streaming handler = new Streaming(false);
    LambdaRuntime running = runtime.start(handler);
    RuntimeApiAnswer answer = api.invoke(new byte[0]);
    answer.nextChunk();

    running.shutdown().run();

    assertThat(answer.await().text()).isEqualTo("some");
    assertThat(answer.trailers()).contains("Error-Type: Runtime.Shutdown");
    handler.closed.countDown(); // now it would write on: it is told
    assertThat(runtime.end()).hasMessage("it returned");
    assertThat(runtime.log()).contains("the handler failed").contains("IOException");
  }

  @Test
  void givenNothingSentYet_whenTheGraceIsOver_thenTheInvocationFails() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    LambdaRuntime running =
        runtime.start(
            (in, out, context) -> {
              begun.countDown();
              await(never);
            });
    RuntimeApiAnswer answer = api.invoke(new byte[0]);
    begun.await();

    running.shutdown().run();

    assertThat(answer.await().kind()).isEqualTo("error");
    assertThat(answer.text()).contains("\"errorType\":\"Runtime.Shutdown\"");
    never.countDown();
  }

  @Test
  void givenAHandlerThatFinishes_whenShutDownMeanwhile_thenItsAnswerIsWhole() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    LambdaRuntime running =
        runtime.start(
            (in, out, context) -> {
              begun.countDown();
              await(finish);
              out.write("whole".getBytes(StandardCharsets.UTF_8));
            });
    RuntimeApiAnswer answer = api.invoke(new byte[0]);
    begun.await();

    Thread shutdown = Thread.ofPlatform().start(() -> running.shutdown().run());
    finish.countDown();
    shutdown.join();

    assertThat(answer.await().text()).isEqualTo("whole");
    assertThat(answer.kind()).isEqualTo("response");
  }

  @Test
  void givenAHandlerThatCannotBeClosed_whenShutDown_thenTheLogTells() throws Exception {
    LambdaRuntime running = runtime.start(new Unclosable());
    assertThat(api.awaitPolls(1, Duration.ofSeconds(30))).isTrue();

    running.shutdown().run();

    assertThat(runtime.end()).hasMessage("it returned");
    assertThat(runtime.log()).contains("the handler could not be closed");
  }

  /** Streams a word, then waits until it is closed. */
  private static final class Streaming implements RequestStreamHandler, AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final boolean endsOnClose;

    Streaming(boolean endsOnClose) {
      this.endsOnClose = endsOnClose;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      out.write("some".getBytes(StandardCharsets.UTF_8));
      out.flush();
      await(closed);
      out.write(", and a closing word".getBytes(StandardCharsets.UTF_8));
      out.flush();
      throw new IOException("broken off");
    }

    @Override
    public void close() {
      if (endsOnClose) {
        closed.countDown();
      }
    }
  }

  private static final class Unclosable implements RequestStreamHandler, AutoCloseable {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}

    @Override
    public void close() {
      throw new IllegalStateException("no");
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
