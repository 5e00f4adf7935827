package io.sluice.bench;

import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A function in a process of its own, under a Runtime API as on Lambda. */
final class FunctionProcess implements AutoCloseable {

  private final Process process;
  private final long spawnedNanos;

  private FunctionProcess(Process process, long spawnedNanos) {
    this.process = process;
    this.spawnedNanos = spawnedNanos;
  }

  /**
   * Starts it.
   *
   * @param command what runs it: a layer's bootstrap, or a Java with its options
   * @param taskRoot where the function's zip was unpacked
   * @param log takes what it prints
   */
  static FunctionProcess start(
      List<String> command, Path taskRoot, FunctionScenario scenario, RuntimeApiStub api, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(taskRoot.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(scenario.environment());
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("LAMBDA_TASK_ROOT", taskRoot.toString());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.authority());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", scenario.function());
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    long now = System.nanoTime();
    return new FunctionProcess(builder.start(), now);
  }

  long spawnedNanos() {
    return spawnedNanos;
  }

  ProcessCost cost() throws IOException {
    return ProcessCost.of(process.pid());
  }

  /** Waits for the process's own end; one that doesn't end leaves its threads in its log. */
  void awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
      process.waitFor(2, TimeUnit.SECONDS);
      process.destroyForcibly();
      throw new IllegalStateException("the function did not end; its threads are in its log");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
