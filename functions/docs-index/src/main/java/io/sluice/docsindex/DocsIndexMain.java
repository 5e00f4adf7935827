package io.sluice.docsindex;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program behind {@code scripts/docs-index}. */
public final class DocsIndexMain {

  private DocsIndexMain() {}

  /** Runs the command line and ends with its exit code. */
  public static void main(String[] arguments) {
    // The ids that Lucene gives to parts of an index are random unless it is told where to begin.
    System.setProperty("tests.seed", "517CE");
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), false);
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    System.exit(run(arguments, out, err));
  }

  /** Runs the command line within a program; its exit code. */
  public static int run(String[] arguments, PrintWriter output, PrintWriter errors) {
    return DocsIndexCommand.run(arguments, output, errors);
  }
}
