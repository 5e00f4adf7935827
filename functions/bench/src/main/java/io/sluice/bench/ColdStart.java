package io.sluice.bench;

import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long a packaged function takes from its process's start to the first byte of its
 * answer: zip and layer unpacked, started by the layer's bootstrap on one core, with a real event.
 */
@Command(
    name = "cold",
    mixinStandardHelpOptions = true,
    description = "Cold start of the packaged functions; exit code 1 when one answers wrongly.")
public final class ColdStart implements Callable<Integer> {

  private static final long AIM_P50 = 250_000_000;
  private static final long AIM_P99 = 400_000_000;
  private static final long AIM_CHAIN_P99 = 1_200_000_000;
  private static final long AIM_RSS = 120L * 1024 * 1024;

  @Option(names = "--runs", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
  private int runs = 20;

  @Option(names = "--core", defaultValue = "0", description = "The core to start functions on")
  private int core;

  private ColdStart() {}

  /** Prints a table; exit code 0 when every answer was right. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ColdStart()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("sluice-cold");
    try (Neighbours neighbours = Neighbours.start()) {
      Scenarios scenarios = new Scenarios(neighbours);
      List<String> names = scenarios.all().stream().map(FunctionScenario::function).toList();
      UnpackedFunctions unpacked = UnpackedFunctions.into(folder, core, names);
      System.out.println("| Function | p50 | p99 | CPU | peak RSS | aim |");
      System.out.println("|---|---|---|---|---|---|");
      for (FunctionScenario scenario : scenarios.all()) {
        measure(scenario, unpacked);
      }
      measureChain(scenarios, unpacked);
    } finally {
      UnpackedZip.delete(folder);
    }
    return 0;
  }

  private void measure(FunctionScenario scenario, UnpackedFunctions unpacked)
      throws IOException, InterruptedException {
    long[] nanos = new long[runs];
    long[] cpu = new long[runs];
    long rss = 0;
    for (int run = -1; run < runs; run++) { // the first only warms the file cache
      Start start = start(scenario, unpacked);
      if (run >= 0) {
        nanos[run] = start.firstByteNanos();
        cpu[run] = start.cost().cpuNanos();
        rss = Math.max(rss, start.cost().peakRssBytes());
      }
    }
    Percentiles times = Percentiles.of(nanos);
    boolean met = times.p50() <= AIM_P50 && times.p99() <= AIM_P99 && rss <= AIM_RSS;
    System.out.printf(
        "| %s | %.0f ms | %.0f ms | %.0f ms | %d MB | %s |%n",
        scenario.function(),
        times.p50() / 1e6,
        times.p99() / 1e6,
        Percentiles.of(cpu).p50() / 1e6,
        rss >> 20,
        met ? "met" : "missed");
  }

  /**
   * What a caller waits for when nothing runs yet: the authorizer, then the router, then the
   * backend.
   */
  private void measureChain(Scenarios scenarios, UnpackedFunctions unpacked)
      throws IOException, InterruptedException {
    long[] nanos = new long[runs];
    long[] cpu = new long[runs];
    for (int run = -1; run < runs; run++) {
      Start authorizer = start(scenarios.authorizer(), unpacked);
      try (HopSession session = new HopSession(unpacked, scenarios, scenarios.router())) {
        long first = session.coldNanos();
        if (run >= 0) {
          nanos[run] = authorizer.lastByteNanos() + first;
          cpu[run] = authorizer.cost().cpuNanos() + session.cpuNanos();
        }
      }
    }
    Percentiles times = Percentiles.of(nanos);
    System.out.printf(
        "| authorizer, router, backend-openai in a row | %.0f ms | %.0f ms | %.0f ms | | %s |%n",
        times.p50() / 1e6,
        times.p99() / 1e6,
        Percentiles.of(cpu).p50() / 1e6,
        times.p99() <= AIM_CHAIN_P99 ? "met" : "missed");
  }

  /** One cold start; times from the process's start. */
  private record Start(long firstByteNanos, long lastByteNanos, ProcessCost cost) {}

  private static Start start(FunctionScenario scenario, UnpackedFunctions unpacked)
      throws IOException, InterruptedException {
    Path root = unpacked.root(scenario.function());
    Path log = unpacked.log(scenario.function());
    try (RuntimeApiStub api = RuntimeApiStub.start()) {
      RuntimeApiAnswer answer = api.invoke(scenario.events().get().getFirst());
      try (FunctionProcess process =
          FunctionProcess.start(unpacked.command(), root, scenario, api, log)) {
        try {
          scenario.check(answer.await());
        } catch (AssertionError | IllegalStateException e) {
          throw new IllegalStateException(Files.readString(log), e);
        }
        return new Start(
            answer.chunks().getFirst().nanos() - process.spawnedNanos(),
            answer.chunks().getLast().nanos() - process.spawnedNanos(),
            process.cost());
      }
    }
  }
}
