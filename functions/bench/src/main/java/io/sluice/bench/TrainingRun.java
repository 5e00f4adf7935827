package io.sluice.bench;

import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelStub;
import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a function over its golden events while the JVM records what its AOT cache will hold. */
@Command(name = "training-run")
public final class TrainingRun implements Callable<Integer> {

  @Parameters(paramLabel = "FUNCTION")
  private String function = "";

  @Option(names = "--task-root", required = true)
  private @Nullable Path taskRoot;

  @Option(names = "--log", required = true)
  private @Nullable Path log;

  @Option(names = "--command", split = " ", required = true, description = "java and its options")
  private List<String> command = List.of();

  private TrainingRun() {}

  /** Exit code 0 when every event was answered. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingRun()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (taskRoot == null || log == null) {
      return 2;
    }
    try (GitLabStub gitLab = GitLabStub.start();
        ModelStub models = ModelStub.start()) {
      FunctionScenario scenario = FunctionScenario.named(function, gitLab, models);
      RuntimeApiStub api = RuntimeApiStub.start();
      try (FunctionProcess process =
          FunctionProcess.start(new ArrayList<>(command), taskRoot, scenario, api, log)) {
        for (int round = 0; round < 3; round++) {
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
    return 0;
  }
}
