package io.sluice.stack.function;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** What a template can't set (AWS: "Defined runtime environment variables"). */
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  /** Lambda's limit of all variables that a template sets, in bytes. */
  private static final int MAX_BYTES = 4096;

  public FunctionDefinition {
    layers = List.copyOf(layers);
    environment = Map.copyOf(environment);
  }

  /** Throws if Lambda would refuse the variables. */
  public void judge() {
    int bytes = 0;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (RESERVED.contains(variable.getKey())) {
        throw new IllegalArgumentException(
            name + ": the variable " + variable.getKey() + " is Lambda's own");
      }
      bytes += variable.getKey().length() + variable.getValue().length();
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          name + ": the variables take " + bytes + " bytes, more than " + MAX_BYTES);
    }
  }

  /** Whether Lambda brings the Java runtime and its runtime interface client. */
  boolean managed() {
    return runtime.startsWith("java");
  }
}
