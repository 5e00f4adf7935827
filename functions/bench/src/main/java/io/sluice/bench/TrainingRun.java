package io.sluice.bench;

import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a function over its golden events while the JVM records what its AOT cache will hold. */
public final class TrainingRun {

  private static final int ROUNDS = 3;

  private TrainingRun() {}

  /**
   * Runs a function and waits for its end.
   *
   * @param function the module's name
   * @param taskRoot where the function is unpacked
   * @param command Java with the options that record
   * @param log takes what the function prints
   * @throws IllegalStateException if an answer is not the expected one, or the function doesn't end
   */
  public static void of(String function, Path taskRoot, List<String> command, Path log)
      throws IOException, InterruptedException {
    try (Neighbours neighbours = Neighbours.secure().distant()) {
      FunctionScenario scenario = new Scenarios(neighbours).named(function);
      RuntimeApiStub api = RuntimeApiStub.start();
      try (FunctionProcess process = FunctionProcess.start(command, taskRoot, scenario, api, log)) {
        for (int round = 0; round < ROUNDS; round++) {
          boolean first = true;
          for (byte[] event : scenario.events().get()) {
            RuntimeApiAnswer answer = api.invoke(event).await();
            if (first) {
              scenario.check(answer);
              first = false;
            }
          }
        }
        api.close(); // the runtime ends by itself, and the JVM writes its record
        process.awaitEnd();
      }
    }
  }
}
