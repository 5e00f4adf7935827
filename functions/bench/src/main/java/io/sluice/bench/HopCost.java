package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what the hop from router to backend costs: the same streamed request through {@code
 * gateway} alone, and through {@code router} and {@code backend-openai}, each packaged and started
 * by the layer's bootstrap on one core, over TLS and a stub model that answers at once.
 */
@Command(
    name = "hop",
    mixinStandardHelpOptions = true,
    description = "Router and backend against the gateway in one function, cold and warm.")
public final class HopCost implements Callable<Integer> {

  @Option(names = "--runs", defaultValue = "10", description = "Cold starts; ${DEFAULT-VALUE}")
  private int runs = 10;

  @Option(names = "--requests", defaultValue = "500", description = "Warm; ${DEFAULT-VALUE}")
  private int requests = 500;

  private HopCost() {}

  /** Prints a table; exit code 0 when every answer was right. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new HopCost()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("sluice-hop");
    try (Neighbours neighbours = Neighbours.secure()) {
      UnpackedFunctions unpacked =
          UnpackedFunctions.into(folder, 0, List.of("gateway", "router", "backend-openai"));
      Scenarios scenarios = new Scenarios(neighbours);
      System.out.println(
          "| Way | cold: first byte p50 (least) | cold: CPU | warm: first byte p50 (least) |"
              + " warm: last byte p50 | warm: CPU a request |");
      System.out.println("|---|---|---|---|---|---|");
      measure("gateway", unpacked, scenarios, scenarios.gateway());
      measure("router, backend-openai", unpacked, scenarios, scenarios.router());
    } finally {
      UnpackedZip.delete(folder);
    }
    return 0;
  }

  private void measure(
      String way, UnpackedFunctions unpacked, Scenarios scenarios, FunctionScenario scenario)
      throws IOException, InterruptedException {
    long[] cold = new long[runs];
    long[] coldCpu = new long[runs];
    long[] first = new long[requests];
    long[] last = new long[requests];
    long warmCpu = 0;
    for (int run = -1; run < runs; run++) { // the first only warms the file cache
      try (HopSession session = new HopSession(unpacked, scenarios, scenario)) {
        long nanos = session.coldNanos();
        if (run >= 0) {
          cold[run] = nanos;
          coldCpu[run] = session.cpuNanos();
        }
        if (run == runs - 1) {
          for (int i = 0; i < requests; i++) {
            session.warmNanos();
          }
          long before = session.cpuNanos();
          for (int i = 0; i < requests; i++) {
            long[] times = session.warmNanos();
            first[i] = times[0];
            last[i] = times[1];
          }
          warmCpu = (session.cpuNanos() - before) / requests;
        }
      }
    }
    System.out.printf(
        "| %s | %.0f ms (%.0f) | %.0f ms | %.1f ms (%.1f) | %.1f ms | %.1f ms |%n",
        way,
        Percentiles.of(cold).p50() / 1e6,
        Percentiles.of(cold).min() / 1e6,
        Percentiles.of(coldCpu).p50() / 1e6,
        Percentiles.of(first).p50() / 1e6,
        Percentiles.of(first).min() / 1e6,
        Percentiles.of(last).p50() / 1e6,
        warmCpu / 1e6);
  }
}
