package io.sluice.configcli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "scripts/config",
    mixinStandardHelpOptions = true,
    version = "Sluice 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    description = {
      "Decides which model answers which feature of GitLab Duo: works on the rows of a stack's"
          + " tables, or of a YAML file.",
      ""
    },
    subcommands = {
      ValidateCommand.class,
      DiffCommand.class,
      ApplyCommand.class,
      StatusCommand.class,
      ExportCommand.class,
      HistoryCommand.class,
      RollbackCommand.class,
      PinCommand.class,
      UnpinCommand.class,
      DisableCommand.class,
      EnableCommand.class,
      ExplainCommand.class
    },
    footer = {
      "",
      "Each command takes --file ROWS, or --stack NAME with --region REGION; scripts/config COMMAND"
          + " --help lists its options. Credentials are found as by the AWS CLI: environment,"
          + " profile (AWS_PROFILE), container or instance.",
      "Exit codes: 0 done; 1 something was found or refused; 2 the command line is wrong, or the"
          + " store can't be reached."
    })
final class ConfigCommand implements Runnable {

  private final Map<String, String> environment;
  private final Clock clock;

  @Spec private @Nullable CommandSpec spec;

  ConfigCommand(Map<String, String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  /** Runs a command line, and gives the exit code back. */
  static int run(
      String[] arguments,
      Map<String, String> environment,
      Clock clock,
      PrintWriter out,
      PrintWriter err) {
    CommandLine command = new CommandLine(new ConfigCommand(environment, clock));
    command.setOut(out).setErr(err);
    command.setExecutionExceptionHandler(
        (problem, failed, _) -> {
          err.println("config: " + Problems.words(problem));
          err.flush();
          return Problems.exitCode(problem);
        });
    int exit = command.execute(arguments);
    out.flush();
    err.flush();
    return exit;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "which command?");
  }

  Map<String, String> environment() {
    return environment;
  }

  Clock clock() {
    return clock;
  }

  /** A command that reads or writes a store. */
  @FunctionalInterface
  interface Work {
    int run(Store store) throws IOException, Failure;
  }
}
