package io.sluice.stack.function;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A function's unpacked files. Immutable.
 *
 * @param task its zip
 * @param opt its layers, over each other
 */
record FunctionFiles(Path task, Path opt) {

  /** What starts its runtime. */
  List<String> command(FunctionDefinition function, Surroundings surroundings) {
    Isolation isolation = surroundings.isolation();
    boolean layered = !function.layers().isEmpty();
    List<String> command =
        function.managed()
            ? managed(function, surroundings)
            : List.of(isolation.layerRoot(opt).resolve("bootstrap").toString());
    return isolation.command(task, opt, layered, command);
  }

  /**
   * AWS's runtime interface client on a JDK: it makes the function's class path itself. The flags
   * are those of the managed runtime that matter to what a function may do.
   */
  private static List<String> managed(FunctionDefinition function, Surroundings surroundings) {
    List<String> command = new ArrayList<>();
    command.add(surroundings.javaHome().resolve("bin/java").toString());
    command.add("-XX:MaxHeapSize=" + function.memoryMegabytes() * 85L / 100 + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(surroundings.managedRuntime() + "/*");
    command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
    command.add(function.handler());
    return command;
  }
}
