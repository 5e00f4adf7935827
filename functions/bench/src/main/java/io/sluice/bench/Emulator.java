package io.sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** AWS's Runtime Interface Emulator with a function under it, on free ports of 127.0.0.1. */
final class Emulator implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI invocations;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Emulator(Process process, int port) {
    this.process = process;
    this.invocations =
        URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions/function/invocations");
  }

  /** Starts it; the function starts with its first invocation. */
  static Emulator start(
      Path emulator, List<String> bootstrap, Path root, Map<String, String> environment, Path log)
      throws IOException {
    int[] ports = freePorts();
    List<String> command =
        new ArrayList<>(
            List.of(
                emulator.toString(),
                "--runtime-interface-emulator-address",
                "127.0.0.1:" + ports[0],
                "--runtime-api-address",
                "127.0.0.1:" + ports[1]));
    command.addAll(bootstrap);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("LAMBDA_TASK_ROOT", root.toString());
    builder.environment().put("AWS_LAMBDA_FUNCTION_TIMEOUT", "30");
    return new Emulator(builder.start(), ports[0]);
  }

  /** What an invocation answers. */
  byte[] invoke(byte[] event) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(invocations)
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(event))
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return client.send(request, BodyHandlers.ofByteArray()).body();
      } catch (java.net.ConnectException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw e;
        }
        process.waitFor(20, TimeUnit.MILLISECONDS); // it doesn't listen yet
      }
    }
  }

  private static int[] freePorts() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket two = new ServerSocket(0, 1, loopback)) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    client.shutdownNow();
  }
}
