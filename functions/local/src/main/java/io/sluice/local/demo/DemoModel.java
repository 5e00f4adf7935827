package io.sluice.local.demo;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The demo's model in a process of its own, which ends with this one. */
public final class DemoModel implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final Path weights;

  private DemoModel(Process process, int port, Path weights) {
    this.process = process;
    this.port = port;
    this.weights = weights;
  }

  /**
   * Starts it; it loads its weights while this method returns.
   *
   * @param jar the demo model's server
   * @param weights a GGUF file
   * @throws IOException if it does not start; the message is for the person who started the demo
   */
  public static DemoModel start(Path jar, Path weights) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-jar",
                    jar.toString(),
                    "--model",
                    weights.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "demo-model"));
    // The stream is read to the first line only and stays open: closing it would end the process.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    try {
      if (line != null && Json.read(line) instanceof JsonObject ready) {
        Long port = ready.number("port");
        if (port != null) {
          return new DemoModel(process, port.intValue(), weights);
        }
      }
    } catch (JsonSyntaxException e) {
      // said below
    }
    process.destroy();
    throw new IOException("the demo model did not start with " + weights);
  }

  /** Its base URL. */
  public String endpoint() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  /** Its name in the OpenAI protocol. */
  public String name() {
    String file = String.valueOf(weights.getFileName()).toLowerCase(Locale.ROOT);
    return file.endsWith(".gguf") ? file.substring(0, file.length() - 5) : file;
  }

  /**
   * Waits until it has loaded its weights.
   *
   * @throws IOException if it ended or takes longer than a minute
   */
  public void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "the demo model can't load %s (Linux needs libgomp1 and libstdc++6)"
                .formatted(weights));
      }
      if (healthy()) {
        return;
      }
    }
    throw new IOException("the demo model is not ready after " + PATIENCE.toSeconds() + " s");
  }

  private boolean healthy() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(1_000);
      boolean ok = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      connection.disconnect();
      return ok;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
