package io.sluice.stack.function;

import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds the functions of a stack on this machine. Immutable.
 *
 * @param folder where packages are unpacked
 * @param region the Region
 * @param endpoints {@code AWS_ENDPOINT_URL_*}: where AWS's services are found here
 * @param javaHome of the managed Java runtime
 * @param managedRuntime a folder with AWS's runtime interface client and what it needs
 * @param isolation how a function comes to its paths
 * @param log takes a line that a function wrote, and may print it
 * @param freezing whether a sandbox without an invocation is stopped, as on Lambda
 */
public record Surroundings(
    Path folder,
    String region,
    Map<String, String> endpoints,
    Path javaHome,
    Path managedRuntime,
    Isolation isolation,
    FunctionLog log,
    boolean freezing) {

  public Surroundings {
    endpoints = Map.copyOf(endpoints);
  }

  /** Takes the lines that functions write. */
  @FunctionalInterface
  public interface FunctionLog {
    void line(String function, String line);
  }
}
