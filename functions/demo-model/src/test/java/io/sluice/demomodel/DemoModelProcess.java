package io.sluice.demomodel;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo model in a process of its own, as it is run. */
final class DemoModelProcess implements AutoCloseable {

  final Process process;
  private final BufferedReader out;

  DemoModelProcess(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DemoModelMain.class.getName());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).start();
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** The port that the first line tells. */
  int port() throws Exception {
    String line = out.readLine();
    Long port = ((JsonObject) Json.read(line == null ? "{}" : line)).number("port");
    if (port == null) {
      throw new IOException("no port: " + line + " " + errors());
    }
    return port.intValue();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  String errors() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
