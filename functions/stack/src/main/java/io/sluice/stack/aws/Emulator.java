package io.sluice.stack.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service's emulator in a process of its own, since its libraries are not ours. */
public final class Emulator implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Process process;
  private final int port;

  private Emulator(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** DynamoDB Local, in memory. */
  public static Emulator dynamoDb(Path folder) throws IOException {
    int port = freePort();
    return start(
        folder,
        "dynamodb-local",
        port,
        List.of(
            "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
            "-inMemory",
            "-sharedDb",
            "-disableTelemetry",
            "-port",
            Integer.toString(port)));
  }

  /** ElasticMQ, in memory. */
  public static Emulator sqs(Path folder) throws IOException {
    int port = freePort();
    Path config = folder.resolve("elasticmq.conf");
    Files.writeString(
        config,
        """
        include classpath("application.conf")
        node-address { protocol = http, host = "127.0.0.1", port = %d, context-path = "" }
        rest-sqs { enabled = true, bind-port = %d, bind-hostname = "127.0.0.1", sqs-limits = strict }
        rest-stats { enabled = false }
        messages-storage { enabled = false }
        queues-storage { enabled = false }
        """
            .formatted(port, port));
    return start(
        folder, "elasticmq", port, List.of("-Dconfig.file=" + config, "org.elasticmq.server.Main"));
  }

  private static Emulator start(Path folder, String name, int port, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(arguments);
    Path log = folder.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Emulator emulator = new Emulator(process, port);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!emulator.listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        emulator.close();
        throw new IOException(name + " does not start; see " + log);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        emulator.close();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    return emulator;
  }

  private boolean listens() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its origin. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
