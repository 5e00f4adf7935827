package io.sluice.eval;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program behind {@code scripts/eval}. */
public final class EvalMain {

  private EvalMain() {}

  /** Runs the command line and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        EvalCommand.run(arguments, System.getenv(), writer(System.out), writer(System.err)));
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
