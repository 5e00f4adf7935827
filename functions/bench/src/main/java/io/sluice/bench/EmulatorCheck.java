package io.sluice.bench;

import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Has packaged functions answer under AWS's Runtime Interface Emulator what they answer under the
 * project's own stub of the Runtime API, and compares byte for byte: so what the stub accepts is
 * what AWS's code understands. The emulator hands a stream on as one piece and drops trailers: the
 * stub alone proves those.
 */
@Command(
    name = "rie-check",
    mixinStandardHelpOptions = true,
    description = "Exit code 1 when an answer under the emulator differs.")
public final class EmulatorCheck implements Callable<Integer> {

  private static final Pattern VARYING =
      Pattern.compile(
          "(\"(?:X-Process-Time|created|timestamp|expires_at|token|scopes)\":"
              + " ?|\"X-Request-ID\":(?=\"[0-9a-f]{32}\"))(?:\"[^\"]*\"|[0-9]+)");

  private static final String NO_HANDLER = "io.sluice.NoSuchHandler";

  @Option(names = "--emulator", required = true, description = "aws-lambda-rie, executable")
  private @Nullable Path emulator;

  private EmulatorCheck() {}

  /** Exit code 0 when all answers are the same. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EmulatorCheck()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    int different = 0;
    Path folder = Files.createTempDirectory("sluice-emulator");
    try (Neighbours neighbours = Neighbours.plain()) {
      Path layer = folder.resolve("opt");
      UnpackedZip.of(Path.of("functions/lambda-runtime/target/lambda-runtime-layer.zip"), layer);
      for (FunctionScenario scenario : new Scenarios(neighbours).all()) {
        String name = scenario.function();
        Path root = folder.resolve(name);
        UnpackedZip.of(Path.of("functions", name, "target", name + ".zip"), root);
        List<String> bootstrap = List.of(layer.resolve("bootstrap").toString());
        different += compare(scenario, bootstrap, root, folder.resolve(name + ".log"));
      }
    } finally {
      UnpackedZip.delete(folder);
    }
    return different == 0 ? 0 : 1;
  }

  private int compare(FunctionScenario scenario, List<String> bootstrap, Path root, Path log)
      throws IOException, InterruptedException {
    List<byte[]> events = scenario.events().get();
    List<byte[]> ours = new ArrayList<>();
    try (RuntimeApiStub api = RuntimeApiStub.start();
        FunctionProcess _ = FunctionProcess.start(bootstrap, root, scenario, api, log)) {
      for (byte[] event : events) {
        ours.add(api.invoke(event).await().bytes());
      }
    }
    int different = 0;
    try (Emulator theirs =
        Emulator.start(emulator(), bootstrap, root, scenario.environment(), log)) {
      for (int i = 0; i < events.size(); i++) {
        String what = scenario.function() + ", event " + (i + 1);
        different += judge(what, ours.get(i), theirs.invoke(events.get(i)));
      }
    }
    return different + compareInit(scenario, bootstrap, root, log);
  }

  private int compareInit(FunctionScenario scenario, List<String> bootstrap, Path root, Path log)
      throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("_HANDLER", NO_HANDLER);
    byte[] ours;
    FunctionScenario broken =
        new FunctionScenario(scenario.function(), environment, List::of, List.of());
    try (RuntimeApiStub api = RuntimeApiStub.start();
        FunctionProcess _ = FunctionProcess.start(bootstrap, root, broken, api, log)) {
      ours = api.initError().orTimeout(30, TimeUnit.SECONDS).join().bytes();
    }
    try (Emulator theirs = Emulator.start(emulator(), bootstrap, root, environment, log)) {
      return judge(scenario.function() + ", init error", ours, theirs.invoke(new byte[0]));
    }
  }

  private Path emulator() {
    return java.util.Objects.requireNonNull(emulator).toAbsolutePath();
  }

  private static int judge(String what, byte[] ours, byte[] theirs) {
    if (lasting(ours).equals(lasting(theirs))) {
      System.out.printf("%s: %d bytes, the same%s%n", what, ours.length, delimiter(ours));
      return 0;
    }
    System.out.printf(
        "%s: DIFFERENT%n  stub:     %s%n  emulator: %s%n", what, text(ours), text(theirs));
    return 1;
  }

  /** The answer but for what each invocation makes anew: ids, tokens, times, a set's order. */
  private static String lasting(byte[] answer) {
    return VARYING.matcher(text(answer)).replaceAll("$1");
  }

  private static String delimiter(byte[] answer) {
    int at = text(answer).indexOf("\0".repeat(8));
    return at < 0 ? "" : " (prelude of " + at + " and its 8 NULs included)";
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
