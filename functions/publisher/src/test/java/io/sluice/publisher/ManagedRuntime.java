package io.sluice.publisher;

import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The publisher in a process of its own, under AWS's runtime interface client. */
final class ManagedRuntime implements AutoCloseable {

  private final Process process;

  private ManagedRuntime(Process process) {
    this.process = process;
  }

  static ManagedRuntime start(RuntimeApiStub api, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The coverage of that process counts too.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "org.springframework.cloud.function.adapter.aws.FunctionInvoker"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.authority());
    builder.environment().put("MAIN_CLASS", PublisherApplication.class.getName());
    builder.environment().put("SPRING_CLOUD_FUNCTION_DEFINITION", "publish");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new ManagedRuntime(builder.start());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
