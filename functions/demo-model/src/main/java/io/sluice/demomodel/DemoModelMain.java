package io.sluice.demomodel;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A real, tiny language model behind the OpenAI protocol, in a process of its own: it shows the way
 * a request takes, not the quality of an answer. Prints one JSON line with the port it listens on,
 * then loads the model; {@code /health} tells when it is ready.
 */
@Command(
    name = "demo-model",
    mixinStandardHelpOptions = true,
    description = "Serves a GGUF model with the ChatML template by the OpenAI protocol.")
public final class DemoModelMain implements Callable<Integer> {

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(names = "--port", defaultValue = "0", description = "0, the default, takes any free one")
  private int port;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The GGUF file; scripts/demo-model prints that of the demo")
  private @Nullable Path model;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the native library is unpacked while it runs. Default: a temporary one")
  private @Nullable Path dataDir;

  private DemoModelMain() {}

  /** Runs until it is told to stop; exit code 1 when the model or the port can't be used. */
  public static void main(String[] arguments) {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else each token waits for an ACK
    int code = start(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Starts the server and loads the model; the exit code, 0 while it goes on serving. */
  static int start(String... arguments) {
    return new CommandLine(new DemoModelMain()).execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (model == null || !Files.isReadable(model)) {
      return fail("no readable file: " + model + "; scripts/demo-model gets the demo's weights");
    }
    Path folder = nativeFolder();
    DemoModelServer server;
    try {
      server = DemoModelServer.start(new InetSocketAddress(host, port), name(model));
    } catch (IOException e) {
      delete(folder);
      return fail("can't listen on %s:%d: %s".formatted(host, port, e.getMessage()));
    }
    CountDownLatch loadEnded = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              awaitQuietly(loadEnded);
              server.close();
              delete(folder);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    say(JsonObject.builder().put("host", host).put("port", server.port()).build());
    try {
      LlamaModelFile loaded = LlamaModelFile.load(model, folder);
      server.ready(loaded);
    } catch (RuntimeException | LinkageError e) {
      return fail(
          "can't load %s: %s (Linux needs libgomp1 and libstdc++6)"
              .formatted(model, e.getMessage()));
    } finally {
      loadEnded.countDown();
    }
    return 0;
  }

  private static int fail(String problem) {
    System.err.println("demo model: " + problem);
    return 1;
  }

  private static void say(JsonObject line) {
    System.out.println(Json.text(line));
    System.out.flush();
    System.setOut(System.err); // the binding prints to standard output when it unpacks its library
  }

  private Path nativeFolder() throws IOException {
    if (dataDir == null) {
      return Files.createTempDirectory("sluice-demo-model");
    }
    Files.createDirectories(dataDir);
    return Files.createTempDirectory(dataDir, "native");
  }

  /** The file's name without {@code .gguf}, as the protocol names the model. */
  static String name(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "demo" : last.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".gguf") ? name.substring(0, name.length() - ".gguf".length()) : name;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
