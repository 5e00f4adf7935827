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
      Path layer =
          UnpackedZip.of(
              Path.of("functions/lambda-runtime/target/lambda-runtime-layer.zip"),
              folder.resolve("opt"));
      System.out.println("| Function | p50 | p99 | CPU | peak RSS | aim |");
      System.out.println("|---|---|---|---|---|---|");
      for (FunctionScenario scenario : new Scenarios(neighbours).all()) {
        String name = scenario.function();
        Path zip = Path.of("functions", name, "target", name + ".zip");
        Path root = UnpackedZip.of(zip, folder.resolve(name));
        measure(scenario, layer, root, folder.resolve(name + ".log"));
      }
    } finally {
      UnpackedZip.delete(folder);
    }
    return 0;
  }

  private void measure(FunctionScenario scenario, Path layer, Path root, Path log)
      throws IOException, InterruptedException {
    List<String> command =
        List.of("taskset", "-c", Integer.toString(core), layer.resolve("bootstrap").toString());
    long[] nanos = new long[runs];
    long[] cpu = new long[runs];
    long rss = 0;
    for (int run = -1; run < runs; run++) { // the first only warms the file cache
      try (RuntimeApiStub api = RuntimeApiStub.start()) {
        RuntimeApiAnswer answer = api.invoke(scenario.events().get().getFirst());
        try (FunctionProcess process = FunctionProcess.start(command, root, scenario, api, log)) {
          try {
            scenario.check(answer.await());
          } catch (AssertionError | IllegalStateException e) {
            throw new IllegalStateException(Files.readString(log), e);
          }
          if (run >= 0) {
            nanos[run] = answer.chunks().getFirst().nanos() - process.spawnedNanos();
            ProcessCost cost = process.cost();
            cpu[run] = cost.cpuNanos();
            rss = Math.max(rss, cost.peakRssBytes());
          }
        }
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
}
