package io.sluice.packages;

import io.sluice.bench.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * Packs what is deployed for the request path, from jars that are built; run at the project's root.
 */
@Command(name = "packages", mixinStandardHelpOptions = true)
public final class Packages {

  /** The modules that are packed. */
  static final List<String> FUNCTIONS =
      List.of("authorizer", "user-token", "router", "backend-openai", "gateway");

  /** The modules whose zips, for AWS's own Java runtime, their own build makes. */
  static final List<String> MANAGED = List.of("publisher");

  private final Workspace workspace;

  Packages(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Exit code 0 when everything is packed and in order. */
  public static void main(String[] arguments) {
    IExecutionExceptionHandler failures =
        (e, line, result) -> {
          if (!(e instanceof PackageException)) {
            throw e;
          }
          Progress.say(String.valueOf(e.getMessage()));
          return 1;
        };
    System.exit(
        new CommandLine(new Packages(new Workspace(Path.of("").toAbsolutePath())))
            .setExecutionExceptionHandler(failures)
            .execute(arguments));
  }

  @Command(description = "Makes the layer and every zip that isn't there, made of the same")
  void pack() throws IOException, InterruptedException {
    JdkPin pin = JdkPin.read(workspace.layerSource().resolve("jdk.properties"));
    new Layer(workspace, JdkBuild.running()).pack(pin);
    for (String function : FUNCTIONS) {
      new FunctionPackage(workspace, function, TrainingRun::of).pack();
    }
    for (String function : MANAGED) {
      new ManagedPackage(workspace, function).bill();
    }
    verify();
  }

  @Command(
      description = "Checks zips that are there: caches, sizes, bills of materials, native files")
  void verify() throws IOException {
    PackageCheck check = new PackageCheck(workspace.layerZip());
    List<String> faults = new ArrayList<>(check.layerFaults());
    for (String function : FUNCTIONS) {
      faults.addAll(check.faults(workspace.zip(function)));
    }
    for (String function : MANAGED) {
      faults.addAll(check.managedFaults(workspace.zip(function)));
    }
    if (!faults.isEmpty()) {
      throw new PackageException(String.join("\n", faults));
    }
    report(workspace.layerZip());
    for (String function : FUNCTIONS) {
      report(workspace.zip(function));
    }
    for (String function : MANAGED) {
      report(workspace.zip(function));
    }
  }

  @Command(description = "Pins the JDK that runs this as the one that the layer is linked from")
  void pin() throws IOException {
    JdkBuild jdk = JdkBuild.running();
    Path file = workspace.layerSource().resolve("jdk.properties");
    JdkPin pin = JdkPin.read(file).pin(jdk);
    Progress.say("pinned %s: %s".formatted(jdk, pin.sha256(jdk.architecture())));
  }

  private void report(Path zip) throws IOException {
    long tenths = Files.size(zip) * 10 / (1024 * 1024);
    Progress.say(
        "%d.%d MB %s".formatted(tenths / 10, tenths % 10, workspace.root().relativize(zip)));
  }
}
