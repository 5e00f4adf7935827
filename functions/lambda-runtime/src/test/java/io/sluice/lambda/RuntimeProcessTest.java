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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime as a process: signals, exit codes, its output. */
class RuntimeProcessTest {

  @TempDir private Path folder;

  private final RuntimeApiStub api = RuntimeApiStub.start();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    api.close();
  }

  @Test
  void givenARuntimeThatWaits_whenSigtermComes_thenItEndsWithoutAnError() throws Exception {
    Process process = start(Handler.class.getName(), Map.of());
    assertThat(api.awaitPolls(1, Duration.ofSeconds(30))).isTrue();

    process.destroy();

    assertThat(exitCode(process)).isZero();
    assertThat(output()).contains("the function is shut down").contains("closed\n");
  }

  @Test
  void givenAStream_whenSigtermComes_thenItEndsWithTrailersAndTheProcessWithoutAnError()
      throws Exception {
    Process process = start(Handler.class.getName(), Map.of("AWS_LAMBDA_MAX_CONCURRENCY", "2"));
    RuntimeApiAnswer answer = api.invoke("stream".getBytes(StandardCharsets.UTF_8));
    answer.nextChunk();

    process.destroy();

    assertThat(answer.await().trailers()).contains("Error-Type: Runtime.Shutdown");
    assertThat(exitCode(process)).isZero();
  }

  @Test
  void givenTheRuntimeApiGone_whenItEnds_thenTheExitCodeTells() throws Exception {
    Process process = start(Handler.class.getName(), Map.of());
    api.invoke("x".getBytes(StandardCharsets.UTF_8)).await();
    api.close();

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(output()).contains("the runtime ends").doesNotContain("the function is shut down");
  }

  @Test
  void givenAHandlerThatCannotStart_whenStarted_thenLambdaIsToldAndTheExitCodeIsAnError()
      throws Exception {
    Process process = start("io.sluice.lambda.NoSuchHandler", Map.of());

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(api.initError().join().head())
        .startsWith("POST /2018-06-01/runtime/init/error HTTP/1.1\r\n")
        .contains("Lambda-Runtime-Function-Error-Type: Runtime.ClassNotFoundException\r\n");
    assertThat(api.polls()).isZero();
  }

  @Test
  void givenNoEnvironment_whenStarted_thenTheLogNamesTheVariable() throws Exception {
    Process process = start("x", Map.of("AWS_LAMBDA_RUNTIME_API", ""));

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(output()).contains("AWS_LAMBDA_RUNTIME_API is not set");
  }

  @Test
  void givenTooLittleMemory_whenAHandlerNeedsMore_thenTheProcessEnds() throws Exception {
    Process process = start(Handler.class.getName(), Map.of());
    api.invoke("memory".getBytes(StandardCharsets.UTF_8));

    assertThat(exitCode(process)).isNotZero();
  }

  private Process start(String handler, Map<String, String> more) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                LambdaRuntime.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    builder.environment().clear();
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.authority());
    builder.environment().put("_HANDLER", handler);
    builder.environment().putAll(more);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  /** A handler that does as the event says. */
  public static final class Handler implements RequestStreamHandler, AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (event.equals("memory")) {
        List<byte[]> kept = new ArrayList<>();
        while (kept.size() < Integer.MAX_VALUE) {
          kept.add(new byte[1024 * 1024]);
        }
      }
      out.write(event.getBytes(StandardCharsets.UTF_8));
      if (event.equals("stream")) {
        out.flush();
        try {
          closed.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        throw new IOException("broken off");
      }
    }

    @Override
    public void close() {
      System.out.println("closed");
      closed.countDown();
    }
  }
}
