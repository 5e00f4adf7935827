package io.sluice.bench;

import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    try (Neighbours plain = Neighbours.plain();
        Neighbours secure = Neighbours.secure()) {
      List<Scenarios> ways = List.of(new Scenarios(plain), new Scenarios(secure));
      List<String> names = ways.getFirst().all().stream().map(FunctionScenario::function).toList();
      UnpackedFunctions unpacked = UnpackedFunctions.into(folder, core, names);
      System.out.println(
          "| Function | HTTP: p50 | p99 | CPU | TLS: p50 | p99 | CPU | peak RSS | aim, with TLS |");
      System.out.println("|---|---|---|---|---|---|---|---|---|");
      for (String name : names) {
        Row row = row(ways, scenarios -> start(scenarios.named(name), unpacked));
        Figures secured = row.secured();
        boolean met =
            secured.nanos.p50() <= AIM_P50
                && secured.nanos.p99() <= AIM_P99
                && secured.rss <= AIM_RSS;
        row.print(name, (secured.rss >> 20) + " MB", met);
      }
      Row row = row(ways, scenarios -> startChain(scenarios, unpacked));
      String chain = "authorizer, router, backend-openai in a row";
      row.print(chain, "", row.secured().nanos.p99() <= AIM_CHAIN_P99);
    } finally {
      UnpackedZip.delete(folder);
    }
    return 0;
  }

  /** Starts something once. */
  private interface Attempt {
    Start with(Scenarios scenarios) throws IOException, InterruptedException;
  }

  /** What came of all runs of one kind. */
  private record Figures(Percentiles nanos, Percentiles cpu, long rss) {

    String text() {
      return "%.0f ms | %.0f ms | %.0f ms"
          .formatted(nanos.p50() / 1e6, nanos.p99() / 1e6, cpu.p50() / 1e6);
    }
  }

  /** The figures without and with TLS. */
  private record Row(List<Figures> ways) {

    Figures secured() {
      return ways.getLast();
    }

    void print(String name, String rss, boolean met) {
      System.out.printf(
          "| %s | %s | %s | %s | %s |%n",
          name, ways.getFirst().text(), secured().text(), rss, met ? "met" : "missed");
    }
  }

  /** The ways take turns, so that what else the machine does burdens both. */
  private Row row(List<Scenarios> ways, Attempt attempt) throws IOException, InterruptedException {
    Start[][] starts = new Start[ways.size()][runs];
    for (int run = -1; run < runs; run++) { // the first only warms the file cache
      for (int way = 0; way < ways.size(); way++) {
        Start start = attempt.with(ways.get(way));
        if (run >= 0) {
          starts[way][run] = start;
        }
      }
    }
    return new Row(Stream.of(starts).map(ColdStart::figures).toList());
  }

  private static Figures figures(Start[] starts) {
    return new Figures(
        Percentiles.of(Stream.of(starts).mapToLong(Start::firstByteNanos).toArray()),
        Percentiles.of(Stream.of(starts).mapToLong(Start::cpuNanos).toArray()),
        Stream.of(starts).mapToLong(Start::peakRss).max().orElse(0));
  }

  /**
   * What a caller waits for when nothing runs yet: the authorizer, then the router, then the
   * backend.
   */
  private static Start startChain(Scenarios scenarios, UnpackedFunctions unpacked)
      throws IOException, InterruptedException {
    Start authorizer = start(scenarios.authorizer(), unpacked);
    try (HopSession session = new HopSession(unpacked, scenarios, scenarios.router())) {
      long first = authorizer.lastByteNanos + session.coldNanos();
      return new Start(first, first, authorizer.cpuNanos + session.cpuNanos(), 0);
    }
  }

  /** One cold start; times from the process's start. */
  private record Start(long firstByteNanos, long lastByteNanos, long cpuNanos, long peakRss) {}

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
        ProcessCost cost = process.cost();
        return new Start(
            answer.chunks().getFirst().nanos() - process.spawnedNanos(),
            answer.chunks().getLast().nanos() - process.spawnedNanos(),
            cost.cpuNanos(),
            cost.peakRssBytes());
      }
    }
  }
}
