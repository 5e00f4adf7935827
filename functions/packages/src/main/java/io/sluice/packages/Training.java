package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Lets a function work while the JVM records what its AOT cache will hold. */
@FunctionalInterface
interface Training {

  /**
   * Starts the function, has it work, and waits for its end.
   *
   * @param function the module's name
   * @param taskRoot where the function is unpacked
   * @param command Java with the options that record
   * @param log takes what the function prints
   * @throws IllegalStateException if the function doesn't work, or doesn't end
   */
  void run(String function, Path taskRoot, List<String> command, Path log)
      throws IOException, InterruptedException;
}
