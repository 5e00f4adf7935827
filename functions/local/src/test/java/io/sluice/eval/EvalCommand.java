package io.sluice.eval;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.gitlab.GitLab;
import io.sluice.gitlab.Instance;
import io.sluice.gitlab.ModelSetting;
import io.sluice.gitlab.Wire;
import io.sluice.local.RunningGateway;
import io.sluice.local.demo.DemoGitLab;
import io.sluice.local.demo.DemoModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code scripts/eval}. */
@Command(
    name = "scripts/eval",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Sends golden inputs of every feature through the gateway's own prompts to a model, as GitLab"
          + " would, and says feature by feature what GitLab can read of the answers.",
      "Without --model-endpoint the demo's tiny model is asked."
    },
    footer = {"", "Exit code 0: every input was asked. 2: an option must be changed."})
final class EvalCommand implements Callable<Integer> {

  private static final int DEMO_CONTEXT_TOKENS = 2_268;
  private static final int DEMO_OUTPUT_TOKENS = 768;
  private static final int USAGE = 2;

  @Option(
      names = "--model-endpoint",
      paramLabel = "URL",
      description = "Base URL of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1")
  private @Nullable String endpoint;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model's name on that server. Default: the first that it lists")
  private @Nullable String model;

  @Option(
      names = "--family",
      defaultValue = "general",
      paramLabel = "F",
      description = "GitLab's name of its family; it chooses prompts. Default: ${DEFAULT-VALUE}")
  private String family = "general";

  @Option(
      names = "--api-key-env",
      paramLabel = "VAR",
      description = "Environment variable that holds its key")
  private @Nullable String keyVariable;

  @Option(
      names = "--context-tokens",
      defaultValue = "32000",
      paramLabel = "N",
      description = "What prompt and answer may have together. Default: ${DEFAULT-VALUE}")
  private int contextTokens = 32_000;

  @Option(
      names = "--max-output-tokens",
      defaultValue = "4096",
      paramLabel = "N",
      description = "The longest answer. Default: ${DEFAULT-VALUE}")
  private int outputTokens = 4_096;

  @Option(
      names = "--only",
      paramLabel = "FEATURE",
      split = ",",
      description = "Only features whose name begins so, such as chat/; repeatable")
  private List<String> only = List.of();

  @Option(
      names = "--inputs",
      required = true,
      paramLabel = "DIR",
      description = "Golden inputs: FEATURE/NAME.json; scripts/eval names its own")
  private Path inputs = Path.of("");

  @Option(
      names = "--out",
      defaultValue = "eval.json",
      paramLabel = "FILE",
      description = "Every input's result as JSON. Default: ${DEFAULT-VALUE}")
  private Path out = Path.of("eval.json");

  @Option(names = "--demo-model", hidden = true)
  private @Nullable Path weights;

  @Option(names = "--demo-model-jar", hidden = true)
  private @Nullable Path jar;

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;
  private final PrintWriter table;
  private final PrintWriter progress;

  private EvalCommand(Map<String, String> environment, PrintWriter table, PrintWriter progress) {
    this.environment = environment;
    this.table = table;
    this.progress = progress;
  }

  /** Runs it; the exit code. */
  static int run(
      String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    CommandLine line =
        new CommandLine(new EvalCommand(environment, out, err))
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(
                (problem, _, _) -> {
                  err.println("eval: " + problem.getMessage());
                  return USAGE;
                });
    return line.execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<EvalCase> cases =
        EvalCase.load(
            inputs, feature -> only.isEmpty() || only.stream().anyMatch(feature::startsWith));
    if (cases.isEmpty()) {
      throw problem("--only", "no input of " + only);
    }
    if (endpoint != null) {
      return eval(cases, asked(endpoint));
    }
    if (weights == null || jar == null) {
      throw problem("--model-endpoint", "is missing");
    }
    try (DemoModel demo = DemoModel.start(jar, weights)) {
      demo.awaitReady();
      return eval(
          cases,
          new EvalModel(
              demo.endpoint(), demo.name(), family, null, DEMO_CONTEXT_TOKENS, DEMO_OUTPUT_TOKENS));
    }
  }

  private EvalModel asked(String url) throws IOException {
    String key = keyVariable == null ? null : environment.get(keyVariable);
    if (keyVariable != null && key == null) {
      throw problem("--api-key-env", "the environment variable " + keyVariable + " is not set");
    }
    String name = model == null ? EvalModel.first(url, key) : model;
    return new EvalModel(url, name, family, keyVariable, contextTokens, outputTokens);
  }

  private int eval(List<EvalCase> cases, EvalModel target) throws IOException {
    DemoGitLab identity = DemoGitLab.create(Clock.systemUTC());
    Path directory = Files.createTempDirectory("sluice-eval");
    EvalRun run;
    RunningGateway gateway = gateway(identity, directory, target);
    try (gateway;
        Wire wire = new Wire(gateway.url())) {
      GitLab gitLab = new GitLab(wire, Instance.of(identity), null, EvalCommand::pause);
      ModelSetting setting =
          new ModelSetting(
              target.family(), target.endpoint(), key(target), "custom_openai/" + target.name());
      run = new EvalRun(new EvalClients(gitLab, setting), wire, progress::println);
      cases.forEach(run::ask);
    }
    List<EvalResult> results = run.results(AuditRecords.read(gateway.auditFile()));
    table.print(EvalTable.of(results));
    table.flush();
    Files.writeString(out, Json.text(report(target, results)) + "\n");
    progress.println("every input's result: " + out.toAbsolutePath());
    return 0;
  }

  private RunningGateway gateway(DemoGitLab identity, Path directory, EvalModel target)
      throws IOException {
    Path rows = Files.writeString(directory.resolve("rows.yaml"), target.rows());
    List<String> flags =
        new ArrayList<>(List.of("--config=" + rows, "--allow-endpoint=" + target.endpoint()));
    if (target.keyVariable() != null) {
      flags.add("--secret=eval=env:" + target.keyVariable());
    }
    return RunningGateway.start(
        identity,
        directory,
        environment,
        (level, logger, message, fields) -> {},
        flags.toArray(String[]::new));
  }

  private String key(EvalModel target) {
    return target.keyVariable() == null ? "" : environment.getOrDefault(target.keyVariable(), "");
  }

  private static JsonObject report(EvalModel target, List<EvalResult> results) {
    return JsonObject.builder()
        .put("model", target.name())
        .put("family", target.family())
        .put("date", LocalDate.now(ZoneOffset.UTC).toString())
        .put("results", results.stream().map(EvalResult::json).toList())
        .build();
  }

  private ParameterException problem(String option, String message) {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    return new ParameterException(line, option + ": " + message);
  }

  private static void pause(java.time.Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
