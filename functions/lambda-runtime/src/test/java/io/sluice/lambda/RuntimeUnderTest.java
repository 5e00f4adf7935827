package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.testing.RuntimeApiStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A runtime in this process, under a stub of the Runtime API. */
final class RuntimeUnderTest implements AutoCloseable {

  private final RuntimeApiStub api = RuntimeApiStub.start();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CompletableFuture<Throwable> end = new CompletableFuture<>();

  RuntimeApiStub api() {
    return api;
  }

  String log() {
    return log.toString(StandardCharsets.US_ASCII);
  }

  /** Starts it with that handler. */
  LambdaRuntime start(RequestStreamHandler handler) {
    return start(handler, Map.of());
  }

  /** Starts it with that handler and further variables. */
  LambdaRuntime start(RequestStreamHandler handler, Map<String, String> more) {
    LambdaRuntime runtime = runtime(more);
    FunctionEnvironment environment = FunctionEnvironment.of(environment(more));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                runtime.work(handler, environment);
                end.complete(new IllegalStateException("it returned"));
              } catch (Throwable e) {
                end.complete(e);
              }
            });
    return runtime;
  }

  /** Starts it as its main method does, to the end. */
  void init(Map<String, String> more) throws IOException {
    runtime(more).run();
  }

  /** What ended it. */
  Throwable end() {
    return end.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private LambdaRuntime runtime(Map<String, String> more) {
    return new LambdaRuntime(
        environment(more), new RuntimeLog(new PrintStream(log, true, StandardCharsets.US_ASCII)));
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_LAMBDA_RUNTIME_API", api.authority());
    variables.put("_HANDLER", "x");
    variables.putAll(more);
    return variables;
  }

  @Override
  public void close() {
    api.close();
  }
}
