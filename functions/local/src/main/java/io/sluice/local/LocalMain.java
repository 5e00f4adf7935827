package io.sluice.local;

import io.sluice.authorizer.Issuer;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.local.demo.Demo;
import io.sluice.local.demo.DemoGitLab;
import io.sluice.local.demo.DemoModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The gateway in one process behind one HTTP port; {@code --help} lists its flags. */
public final class LocalMain {

  private static final int MUST_CHANGE_A_FLAG = 2;

  /** The system property with the demo model's jar; {@code scripts/run} sets it. */
  private static final String DEMO_MODEL = "sluice.demo-model";

  private final Settings settings;
  private final Map<String, String> environment;
  private final PrintStream person;

  private LocalMain(Settings settings, Map<String, String> environment, PrintStream person) {
    this.settings = settings;
    this.environment = environment;
    this.person = person;
  }

  /** Serves until a signal ends it. Exit code 2: a flag must be changed, said on one line. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = run(arguments, System.getenv(), new OwnProcess(), System.out, System.err);
    } catch (InterruptedException e) {
      code = 1;
    }
    System.exit(code);
  }

  /**
   * Serves until the end is asked for; the exit code.
   *
   * @param out takes help
   * @param err takes startup errors, and the demo's words for a person
   */
  static int run(
      String[] arguments,
      Map<String, String> environment,
      Surroundings surroundings,
      PrintStream out,
      PrintStream err)
      throws InterruptedException {
    Flags flags = new Flags();
    CommandLine line = new CommandLine(flags).setDefaultValueProvider(Flags.from(environment));
    try {
      ParseResult parsed = line.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        line.usage(out);
        return 0;
      }
      if (parsed.isVersionHelpRequested()) {
        line.printVersionHelp(out);
        return 0;
      }
      return new LocalMain(flags.settings(environment), environment, err).serve(surroundings);
    } catch (ParameterException e) {
      err.println("sluice: " + e.getMessage() + " (--help lists the flags)");
    } catch (StartupException e) {
      err.println("sluice: " + e.getMessage());
    }
    return MUST_CHANGE_A_FLAG;
  }

  private int serve(Surroundings surroundings) throws StartupException, InterruptedException {
    Clock clock = Clock.systemUTC();
    JsonLog log = surroundings.log(settings, clock);
    DemoModel model = startModel(log);
    try {
      Settings effective =
          model == null ? settings : settings.withModel(model.endpoint(), model.name());
      DemoGitLab gitLab = settings.demo() ? DemoGitLab.create(clock) : null;
      Issuer issuer = gitLab == null ? null : Issuer.pinned(DemoGitLab.URL, gitLab.jwks());
      LocalGateway gateway = LocalGateway.start(effective, environment, issuer, clock, log);
      if (gitLab != null) {
        Thread.ofVirtual().name("demo").start(() -> demonstrate(gateway, gitLab, effective, model));
      }
      surroundings.awaitEnd();
      log.line(JsonLog.Level.INFO, "gateway", "ending", JsonObject.EMPTY);
      gateway.stop(LocalGateway.GRACE);
      log.line(JsonLog.Level.INFO, "gateway", "ended", JsonObject.EMPTY);
      return 0;
    } catch (IOException e) {
      return 1; // the audit file can't be closed; each of its records was kept
    } finally {
      if (model != null) {
        model.close();
      }
    }
  }

  private @Nullable DemoModel startModel(JsonLog log) {
    String jar = System.getProperty(DEMO_MODEL);
    Path weights = settings.demoModel();
    if (!settings.demo() || settings.modelEndpoint() != null || weights == null || jar == null) {
      return null;
    }
    try {
      return DemoModel.start(Path.of(jar), weights);
    } catch (IOException e) {
      log.line(
          JsonLog.Level.WARNING,
          "demo",
          "the demo's model did not start: give --model-endpoint",
          JsonObject.builder().put("error_detail", String.valueOf(e.getMessage())).build());
      return null;
    }
  }

  private void demonstrate(
      LocalGateway gateway, DemoGitLab gitLab, Settings effective, @Nullable DemoModel model) {
    PrintStream out = new PrintStream(person, true, StandardCharsets.UTF_8);
    Demo demo = new Demo(gateway.url(), gitLab, gateway.auditFile(), out);
    demo.introduce(String.valueOf(effective.modelName()), effective.modelEndpoint());
    try {
      if (model != null) {
        out.println("         tiny: it shows the way of a request, not the quality of an answer");
        model.awaitReady();
      }
      if (effective.modelEndpoint() == null) {
        out.println("         give --demo-model FILE or --model-endpoint URL --model-name NAME");
      } else {
        demo.show();
      }
    } catch (IOException e) {
      out.println("         " + e.getMessage());
    } catch (InterruptedException e) {
      return;
    }
    demo.conclude();
  }
}
