package io.sluice.bench;

import io.sluice.testing.InvokeStream;
import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A router whose invocations reach a backend in a process of its own, which starts at the first of
 * them, as on Lambda; or a gateway alone. Not thread-safe: one request at a time.
 */
final class HopSession implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final UnpackedFunctions unpacked;
  private final FunctionScenario scenario;
  private final RuntimeApiStub front = RuntimeApiStub.start();
  private final RuntimeApiStub behind = RuntimeApiStub.start();
  private final Scenarios scenarios;
  private @Nullable FunctionProcess process;
  private @Nullable FunctionProcess backend;

  HopSession(UnpackedFunctions unpacked, Scenarios scenarios, FunctionScenario scenario) {
    this.unpacked = unpacked;
    this.scenarios = scenarios;
    this.scenario = scenario;
    scenarios.neighbours().aws().function(Neighbours.BACKEND, this::invoke);
  }

  private void invoke(byte[] payload, InvokeStream stream)
      throws IOException, InterruptedException {
    if (backend == null) {
      backend = start(scenarios.backendOpenAi(), behind);
    }
    RuntimeApiAnswer answer = behind.invoke(payload);
    for (var chunk = answer.poll(PATIENCE); chunk != null; chunk = answer.poll(PATIENCE)) {
      stream.chunk(chunk.bytes());
    }
    stream.complete();
  }

  private FunctionProcess start(FunctionScenario function, RuntimeApiStub api) throws IOException {
    Path root = unpacked.root(function.function());
    Path log = root.resolveSibling(function.function() + ".log");
    return FunctionProcess.start(unpacked.command(), root, function, api, log);
  }

  /** The time from the first process's start to the answer's first byte. */
  long coldNanos() throws IOException, InterruptedException {
    RuntimeApiAnswer answer = front.invoke(scenario.events().get().getFirst());
    FunctionProcess started = start(scenario, front);
    process = started;
    scenario.check(answer.await());
    return answer.chunks().getFirst().nanos() - started.spawnedNanos();
  }

  /** The times from a request to the answer's first byte and to its last, once running. */
  long[] warmNanos() throws InterruptedException {
    long asked = System.nanoTime();
    RuntimeApiAnswer answer = front.invoke(scenario.events().get().getFirst()).await();
    List<RuntimeApiAnswer.Chunk> chunks = answer.chunks();
    scenario.check(answer);
    return new long[] {chunks.getFirst().nanos() - asked, chunks.getLast().nanos() - asked};
  }

  /** The processor time that all of its processes took so far. */
  long cpuNanos() throws IOException {
    long all = 0;
    for (FunctionProcess one : new FunctionProcess[] {process, backend}) {
      all += one == null ? 0 : one.cost().cpuNanos();
    }
    return all;
  }

  @Override
  public void close() {
    for (FunctionProcess one : new FunctionProcess[] {process, backend}) {
      if (one != null) {
        one.close();
      }
    }
    front.close();
    behind.close();
  }
}
