package io.sluice.doctor;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The local gateway as {@code scripts/run} starts it: a process of its own. */
final class GatewayProcess implements AutoCloseable {

  private final Process process;
  private final String url;

  private GatewayProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static GatewayProcess start(Path directory, String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.sluice.local.LocalMain",
                "--no-demo",
                "--port=0",
                "--data-dir=" + directory));
    command.addAll(List.of(flags));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.append(line).append('\n');
      if (line.contains("\"serving\"")) {
        Thread.ofVirtual().start(() -> drain(out));
        return new GatewayProcess(process, url(line));
      }
    }
    throw new IOException("the gateway did not start: " + seen);
  }

  private static void drain(BufferedReader out) {
    try {
      out.transferTo(java.io.Writer.nullWriter());
    } catch (IOException e) {
      // It has ended.
    }
  }

  private static String url(String line) throws IOException {
    try {
      return ((JsonObject) Json.read(line)).text("url", "");
    } catch (JsonSyntaxException e) {
      throw new IOException(line, e);
    }
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
