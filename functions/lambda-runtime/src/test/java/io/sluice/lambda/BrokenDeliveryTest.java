package io.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiFault;
import io.sluice.testing.RuntimeApiFault.End;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Runtime API that takes no answer, or not the whole of it. */
class BrokenDeliveryTest {

  private final RuntimeUnderTest runtime = new RuntimeUnderTest();
  private final RuntimeApiStub api = runtime.api();
  private final CountDownLatch met = new CountDownLatch(1);
  private final CompletableFuture<IOException> told = new CompletableFuture<>();

  @AfterEach
  void stop() {
    runtime.close();
  }

  static RuntimeApiFault[] faultsInTheMiddle() {
    return new RuntimeApiFault[] {
      RuntimeApiFault.cutAfter(1, End.CLOSE),
      RuntimeApiFault.cutAfter(1, End.RESET),
      RuntimeApiFault.refusalAfter(1, 413),
      RuntimeApiFault.refusalAfter(1, 403),
      RuntimeApiFault.refusalAfter(1, 202)
    };
  }

  @ParameterizedTest
  @MethodSource("faultsInTheMiddle")
  void givenAFaultInTheMiddle_whenTheHandlerWrites_thenItIsToldAtOnceAndTheNextOneWorks(
      RuntimeApiFault fault) throws Exception {
    runtime.start(this::streamUntilTold);
    api.meet(fault);

    RuntimeApiAnswer answer = api.invoke(new byte[0]);
    answer.nextChunk();
    assertThat(answer.poll(Duration.ofSeconds(30))).isNull(); // the stub has ended it
    met.countDown();

    assertThat(told.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(api.invoke(new byte[1]).await().text()).isEqualTo("next");
    assertThat(runtime.log())
        .containsOnlyOnce("an answer could not be delivered")
        .contains(answer.requestId())
        .doesNotContain("the handler failed");
    if (fault.status() == 413) {
      assertThat(runtime.log()).contains("larger than Lambda takes");
    }
  }

  /** The very first write after the fault must throw, and so must each further one. */
  private void streamUntilTold(InputStream in, OutputStream out, Context context)
      throws IOException {
    if (in.readAllBytes().length == 1) {
      out.write("next".getBytes(StandardCharsets.UTF_8));
      return;
    }
    out.write('a');
    out.flush();
    try {
      met.await();
      out.write('b');
      out.flush();
      told.completeExceptionally(new AssertionError("the write after the fault was taken"));
    } catch (InterruptedException e) {
      throw new IOException(e);
    } catch (IOException e) {
      try {
        out.write('c');
        told.completeExceptionally(new AssertionError("a later write was taken"));
      } catch (IOException again) {
        told.complete(again);
      }
      throw e;
    }
  }

  @Test
  void givenAHandlerThatHidesTheFailure_whenItReturns_thenTheLogTellsAllTheSame() throws Exception {
    runtime.start(
        (in, out, context) -> {
          try {
            streamUntilTold(in, out, context);
          } catch (IOException e) {
            // hidden
          }
        });
    api.meet(RuntimeApiFault.cutAfter(1, End.CLOSE));

    RuntimeApiAnswer answer = api.invoke(new byte[0]);
    answer.nextChunk();
    assertThat(answer.poll(Duration.ofSeconds(30))).isNull();
    met.countDown();

    assertThat(api.invoke(new byte[1]).await().text()).isEqualTo("next");
    assertThat(runtime.log()).containsOnlyOnce("an answer could not be delivered");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void givenARefusalOfAWholeAnswer_whenItIsLogged_thenTheNextOneWorks(int status) throws Exception {
    runtime.start((in, out, context) -> in.transferTo(out));
    api.meet(RuntimeApiFault.refusal(status));

    RuntimeApiAnswer refused = api.invoke(new byte[] {'a'}).await();

    assertThat(api.invoke(new byte[] {'b'}).await().text()).isEqualTo("b");
    assertThat(runtime.log())
        .contains("the Runtime API answered " + status)
        .contains(refused.requestId());
  }

  static int[] refusals() {
    return new int[] {400, 403, 413};
  }

  @Test
  void givenABrokenSandbox_whenTheRuntimeApiSaysSo_thenTheRuntimeEnds() throws Exception {
    runtime.start((in, out, context) -> in.transferTo(out));
    api.meet(RuntimeApiFault.refusal(500));

    api.invoke(new byte[] {'a'}).await();

    assertThat(runtime.end()).hasMessageContaining("the sandbox is broken");
  }

  @Test
  void givenABrokenSandbox_whenOneOfSeveralWorkersMeetsIt_thenTheRuntimeEnds() throws Exception {
    runtime.start(
        (in, out, context) -> in.transferTo(out), Map.of("AWS_LAMBDA_MAX_CONCURRENCY", "3"));
    api.meet(RuntimeApiFault.refusal(500));

    api.invoke(new byte[] {'a'}).await();

    assertThat(runtime.end())
        .hasRootCauseMessage("the Runtime API answered 500: the sandbox is broken");
  }

  @Test
  void givenAReportThatIsRefused_whenTheHandlerHadFailed_thenTheNextOneWorks() throws Exception {
    runtime.start(
        (in, out, context) -> {
          if (in.readAllBytes().length == 0) {
            throw new IOException("no");
          }
          out.write('x');
        });
    api.meet(RuntimeApiFault.refusal(403));

    assertThat(api.invoke(new byte[0]).await().kind()).isEqualTo("error");
    assertThat(api.invoke(new byte[1]).await().text()).isEqualTo("x");
  }

  @Test
  void givenErrorsOfEveryKind_whenAHandlerThrowsThem_thenTheWorkerGoesOn() throws Exception {
    runtime.start(
        (in, out, context) -> {
          switch (in.readAllBytes().length) {
            case 0 -> throw new AssertionError("a secret prompt");
            case 1 -> throw new NoClassDefFoundError("x");
            case 2 -> throw new StackOverflowError();
            case 3 -> {
              Thread.currentThread().interrupt();
              throw new Oddly$NamedException();
            }
            default -> {
              Thread.currentThread().interrupt();
              out.write('x');
              out.flush();
            }
          }
        });

    assertThat(type(api.invoke(new byte[0]))).isEqualTo("Function.AssertionError");
    assertThat(type(api.invoke(new byte[1]))).isEqualTo("Function.NoClassDefFoundError");
    assertThat(type(api.invoke(new byte[2]))).isEqualTo("Function.StackOverflowError");
    assertThat(type(api.invoke(new byte[3])))
        .isEqualTo("Function.BrokenDeliveryTest_Oddly_NamedException");
    assertThat(api.invoke(new byte[4]).await().text()).isEqualTo("x");
    assertThat(runtime.log()).doesNotContain("a secret prompt");
  }

  @Test
  void givenAnOutOfMemoryError_whenAHandlerThrowsIt_thenItIsReportedAndTheRuntimeEnds()
      throws Exception {
    runtime.start(
        (in, out, context) -> {
          out.write('x');
          out.flush();
          throw new OutOfMemoryError("Cannot reserve direct buffer memory");
        });

    RuntimeApiAnswer answer = api.invoke(new byte[0]).await();

    assertThat(answer.trailers()).contains("Function.OutOfMemoryError");
    assertThat(runtime.end()).hasMessageContaining("out of order");
  }

  @Test
  void givenAnAnswerThatHasEnded_whenAStrayThreadWrites_thenItIsTold() throws Exception {
    CompletableFuture<OutputStream> kept = new CompletableFuture<>();
    runtime.start(
        (in, out, context) -> {
          out.write('x');
          kept.complete(out);
        });

    api.invoke(new byte[0]).await();
    api.invoke(new byte[0]).await();

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> kept.join().write('y'))
        .hasMessageContaining("the answer has ended");
  }

  private static String type(RuntimeApiAnswer answer) throws InterruptedException {
    String head = answer.await().head();
    int at = head.indexOf("Error-Type: ") + "Error-Type: ".length();
    return head.substring(at, head.indexOf('\r', at));
  }

  private static final class Oddly$NamedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
