package io.sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway as a user starts it: a process of its own, by {@code scripts/run --no-demo}. */
public final class GatewayProcess implements AutoCloseable {

  private final Process process;
  private final int port;
  private final Path data;

  private GatewayProcess(Process process, int port, Path data) {
    this.process = process;
    this.port = port;
    this.data = data;
  }

  /**
   * Starts it and waits until it is healthy.
   *
   * @param gitLabUrl whose tokens it accepts
   * @param endpoints what GitLab's metadata may name
   * @param more further flags
   */
  public static GatewayProcess start(String gitLabUrl, List<String> endpoints, List<String> more)
      throws IOException, InterruptedException {
    int port = freePort();
    Path data = Files.createTempDirectory("sluice-gateway");
    List<String> command = new ArrayList<>(List.of("scripts/run", "--no-demo"));
    command.addAll(List.of("--port", Integer.toString(port), "--gitlab-url", gitLabUrl));
    endpoints.forEach(endpoint -> command.addAll(List.of("--allow-endpoint", endpoint)));
    command.addAll(List.of("--data-dir", data.toString()));
    command.addAll(more);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(log(data).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    GatewayProcess gateway = new GatewayProcess(process, port, data);
    gateway.awaitHealth();
    return gateway;
  }

  /** The loopback port it listens on. */
  public int port() {
    return port;
  }

  /** What it wrote to standard output. */
  public Path log() {
    return log(data);
  }

  /** Where its log and audit records are; its caller deletes it. */
  public Path data() {
    return data;
  }

  /** The id of its process, which is the JVM itself. */
  public long pid() {
    return process.pid();
  }

  /** What the kernel accounts to it so far. */
  public ProcessCost cost() throws IOException {
    return ProcessCost.of(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitHealth() throws InterruptedException {
    byte[] probe =
        "GET /monitoring/healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 3_000 && process.isAlive(); i++) {
      try (LoadConnection connection = new LoadConnection(port)) {
        if (connection.exchange(probe).status() == 200) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    close();
    throw new IllegalStateException("the gateway did not start; see its output above");
  }

  private static Path log(Path data) {
    return data.resolve("log.jsonl");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
