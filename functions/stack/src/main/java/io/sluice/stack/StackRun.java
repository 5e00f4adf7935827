package io.sluice.stack;

import io.sluice.stack.function.Isolation;
import io.sluice.stack.template.Account;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the stack from its templates and stays up: for humans and for black-box tests. */
@Command(
    name = "scripts/stack-run",
    mixinStandardHelpOptions = true,
    description = "Runs the packaged stack on this machine, from its translated templates.")
final class StackRun implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "port of the API (${DEFAULT-VALUE})")
  int port;

  @Option(names = "--gitlab-url", split = ",", description = "whose tokens are accepted")
  List<String> gitLabUrls = List.of("http://127.0.0.1:9100");

  @Option(
      names = "--allow-endpoint",
      description = "a model endpoint that GitLab's metadata may name")
  List<String> endpoints = List.of();

  @Option(
      names = "--parameter",
      description = "a parameter of template.yaml, such as Topology=gateway")
  Map<String, String> parameters = Map.of();

  @Option(names = "--secret", description = "what Secrets Manager holds: duo/NAME=TEXT")
  Map<String, String> secrets = Map.of();

  @Option(
      names = "--templates",
      defaultValue = "target/templates",
      description = "the translated templates (${DEFAULT-VALUE})")
  Path templates = Path.of("target/templates");

  @Option(
      names = "--folder",
      defaultValue = "target/stack",
      description = "takes what is unpacked and logged (${DEFAULT-VALUE})")
  Path folder = Path.of("target/stack");

  @Option(names = "--no-freezing", description = "let idle functions run on")
  boolean running;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Runs until it is ended. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StackRun()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path project = Path.of("").toAbsolutePath();
    Map<String, String> all = new HashMap<>(Deployments.newVpc());
    all.put("GitLabUrls", String.join(",", gitLabUrls));
    all.put("AllowedModelEndpoints", String.join(" ", endpoints));
    all.putAll(parameters);
    StackOptions options =
        new StackOptions(
            "duo",
            project,
            Deployments.withoutTls(project.resolve(templates)),
            all,
            secrets,
            port,
            project.resolve(folder).resolve(Long.toString(ProcessHandle.current().pid())),
            Isolation.closest(),
            !running,
            true,
            Account.EXAMPLE);
    PrintWriter err = spec.commandLine().getErr();
    RunningStack stack = RunningStack.start(options);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stack::close));
    err.println(
        "stack: " + stack.url() + " (" + options.isolation() + "), log " + stack.log().file());
    err.flush();
    stack.awaitFirstRun();
    err.println("stack: the schedules have run once");
    err.flush();
    for (String refusal : stack.refusals()) {
      err.println("stack: " + refusal);
    }
    new java.util.concurrent.CountDownLatch(1).await();
    return 0;
  }
}
