package io.sluice.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Why the JVM rejected an AOT cache. It says so only on its standard output or in a file, both of
 * which would cost every start; so a second JVM, with the same options, is made to refuse to start.
 */
final class RejectionReason {

  private static final long PATIENCE_SECONDS = 5;
  private static final Set<String> FRAME =
      Set.of(
          "An error has occurred while processing the AOT cache. Run with -Xlog:aot for details.",
          "Loading static archive failed.",
          "Unable to map shared spaces",
          "Error occurred during initialization of VM",
          "Unable to use AOT cache.");

  private RejectionReason() {}

  /** The JVM's own words, on one line. */
  static String ask() {
    try {
      String started = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
      Process java =
          new ProcessBuilder(command(started))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      java.getOutputStream().close();
      if (!java.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        java.destroyForcibly();
      }
      return reason(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "the JVM could not be asked why";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the JVM could not be asked why";
    }
  }

  /**
   * A command that fails where the cache does not fit.
   *
   * @param started this JVM's command, each part ended by a NUL
   */
  static List<String> command(String started) {
    List<String> command = new ArrayList<>(Arrays.asList(started.split("\0")));
    int main = command.indexOf(LambdaRuntime.class.getName());
    if (main >= 0) {
      command = new ArrayList<>(command.subList(0, main));
    }
    command.addAll(List.of("-XX:AOTMode=on", "-Xlog:aot*=warning:stdout:none", "-version"));
    return command;
  }

  /** What is specific in a JVM's output. */
  static String reason(String output) {
    String specific =
        output
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !FRAME.contains(line))
            .collect(Collectors.joining("; "));
    return specific.isEmpty() ? "the JVM does not say why" : specific;
  }
}
