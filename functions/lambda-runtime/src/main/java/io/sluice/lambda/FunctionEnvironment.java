package io.sluice.lambda;

import java.util.Map;

/**
 * What Lambda tells a runtime by environment variables. Immutable.
 *
 * @param runtimeApi {@code AWS_LAMBDA_RUNTIME_API}: {@code host:port}
 * @param handler {@code _HANDLER}: the handler's class
 * @param workers {@code AWS_LAMBDA_MAX_CONCURRENCY}: invocations at once, 1 when absent
 */
record FunctionEnvironment(
    String runtimeApi,
    String handler,
    int workers,
    String functionName,
    String functionVersion,
    int memoryMegabytes,
    String logGroup,
    String logStream) {

  static FunctionEnvironment of(Map<String, String> variables) {
    return new FunctionEnvironment(
        required(variables, "AWS_LAMBDA_RUNTIME_API"),
        required(variables, "_HANDLER"),
        Math.max(1, number(variables, "AWS_LAMBDA_MAX_CONCURRENCY", 1)),
        variables.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", ""),
        variables.getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", ""),
        number(variables, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 0),
        variables.getOrDefault("AWS_LAMBDA_LOG_GROUP_NAME", ""),
        variables.getOrDefault("AWS_LAMBDA_LOG_STREAM_NAME", ""));
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return value;
  }

  private static int number(Map<String, String> variables, String name, int otherwise) {
    String value = variables.get(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the environment variable " + name + " is no whole number", e);
    }
  }
}
