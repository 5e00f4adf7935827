package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A function's AOT cache: made by a training run over the golden events, and named beside what it
 * was made from, since the JVM would run old classes from a stale one (ADR 010).
 *
 * @param function the module's name
 * @param stage the function as it is unpacked to {@code /var/task}: {@code lib}, {@code
 *     java.options}
 * @param layer the layer as it is unpacked to {@code /opt}
 * @param log takes what the JVMs print
 * @param training has the function work
 */
record AotCache(String function, Path stage, Path layer, Path log, Training training) {

  static final String FILE = "function.aot";
  static final String CONFIGURATION = "function.aotconf";
  private static final String MAIN = "io.sluice.lambda.LambdaRuntime";

  void make() throws IOException, InterruptedException {
    train();
    run(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + CONFIGURATION, cache()), List.of());
    Files.delete(stage.resolve(CONFIGURATION));
    // AOTMode=on refuses to start with a cache that doesn't fit; auto would go on without it.
    run(List.of("-XX:AOTMode=on", cache()), List.of("-version"));
  }

  /** Writes the jar whose class, once it comes from the cache, tells the jars that it is of. */
  void sumJars() throws IOException, InterruptedException {
    run(List.of(), List.of("io.sluice.lambda.TrainedJarsWriter"));
  }

  private static String cache() {
    return "-XX:AOTCache=" + FILE;
  }

  private void train() throws IOException, InterruptedException {
    List<String> command =
        command(
            List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + CONFIGURATION), List.of(MAIN));
    try {
      training.run(function, stage, command, log);
    } catch (IllegalStateException | AssertionError e) {
      // Seen once in many: the JVM that records didn't end. What a second one makes is checked too.
      Path first = log.resolveSibling(log.getFileName() + ".1");
      Files.move(log, first, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      Progress.say("training %s again (%s; see %s)".formatted(function, e.getMessage(), first));
      training.run(function, stage, command, log);
    }
    if (!Files.exists(stage.resolve(CONFIGURATION))) {
      throw new PackageException("the training run of " + function + " recorded nothing: " + log);
    }
  }

  private List<String> command(List<String> before, List<String> after) {
    List<String> command = new ArrayList<>();
    command.add(layer.resolve("java/bin/java").toString());
    command.addAll(before);
    command.add("@" + FunctionStage.OPTIONS);
    command.addAll(after);
    return command;
  }

  private void run(List<String> before, List<String> after)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command(before, after))
            .directory(stage.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    if (builder.start().waitFor() != 0) {
      throw new PackageException(
          "the AOT cache of %s could not be made: %s failed; see %s"
              .formatted(function, String.join(" ", command(before, after)), log));
    }
  }
}
