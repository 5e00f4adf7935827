package io.sluice.stack.function;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A function as its template describes it. Immutable.
 *
 * @param arn unqualified
 * @param runtime {@code provided.al2023} or {@code java25}
 * @param zip its package
 * @param layers in their order, the later ones over the earlier ones
 * @param environment the template's variables
 * @param roleArn whose permissions it has
 * @param reservedConcurrency invocations at once, -1 where nothing is reserved
 * @param snapStart whether published versions are started from a snapshot
 */
public record FunctionDefinition(
    String name,
    String arn,
    String runtime,
    String handler,
    Path zip,
    List<Path> layers,
    Map<String, String> environment,
    String roleArn,
    int memoryMegabytes,
    Duration timeout,
    int reservedConcurrency,
    boolean snapStart) {

  public FunctionDefinition {
    layers = List.copyOf(layers);
    environment = Map.copyOf(environment);
  }

  /** Whether Lambda brings the Java runtime and its runtime interface client. */
  boolean managed() {
    return runtime.startsWith("java");
  }
}
