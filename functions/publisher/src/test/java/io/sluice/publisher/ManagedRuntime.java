package io.sluice.publisher;

import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.file.Path;
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
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                "org.springframework.cloud.function.adapter.aws.FunctionInvoker"));
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
    process.destroyForcibly();
    try {
      process.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
