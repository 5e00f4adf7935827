package io.sluice.configcli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The program behind {@code scripts/config}. */
public final class ConfigMain {

  private ConfigMain() {}

  /** Runs the command line and ends with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), false);
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    System.exit(ConfigCommand.run(arguments, System.getenv(), Clock.systemUTC(), out, err));
  }
}
