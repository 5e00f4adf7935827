package io.sluice.doctor;

import io.sluice.config.row.RowDocument;
import io.sluice.config.store.YamlRows;
import io.sluice.doctor.report.JsonReport;
import io.sluice.doctor.report.NextSteps;
import io.sluice.doctor.report.Report;
import io.sluice.doctor.report.TextReport;
import io.sluice.doctor.stack.AwsClients;
import io.sluice.doctor.stack.StackChecks;
import io.sluice.outbound.TrustedAuthorities;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Checks a gateway and its stack; {@code --help} lists the flags. */
public final class DoctorMain {

  private static final int COULD_NOT_CHECK = 2;

  private final Settings settings;
  private final Function<@Nullable String, AwsClients> aws;
  private final PrintStream out;
  private final PrintStream err;

  private DoctorMain(
      Settings settings,
      Function<@Nullable String, AwsClients> aws,
      PrintStream out,
      PrintStream err) {
    this.settings = settings;
    this.aws = aws;
    this.out = out;
    this.err = err;
  }

  /** Checks and ends. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int code;
    try {
      code = run(arguments, System.getenv(), AwsClients::new, out, System.err);
    } catch (InterruptedException e) {
      code = COULD_NOT_CHECK;
    }
    System.exit(code);
  }

  /**
   * Checks; the exit code.
   *
   * @param aws makes the clients of a Region
   */
  static int run(
      String[] arguments,
      Map<String, String> environment,
      Function<@Nullable String, AwsClients> aws,
      PrintStream out,
      PrintStream err)
      throws InterruptedException {
    Flags flags = new Flags();
    CommandLine line = new CommandLine(flags);
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
      return new DoctorMain(flags.settings(environment), aws, out, err).examine();
    } catch (ParameterException | IllegalArgumentException e) {
      err.println("doctor: " + e.getMessage() + " (--help lists the flags)");
      return COULD_NOT_CHECK;
    }
  }

  private int examine() throws InterruptedException {
    TrustedAuthorities authorities = authorities(settings.caBundle());
    List<Check> checks = new ArrayList<>();
    Subject subject = told();
    try (AwsClients clients = aws.apply(settings.region())) {
      if (settings.stack() != null) {
        StackChecks stack = StackChecks.of(settings.stack(), clients, Clock.systemUTC());
        subject = subject.or(stack.subject());
        checks.addAll(stack.checks());
      }
      checks.addAll(
          new GatewayChecks(authorities, Clock.systemUTC()).of(subject, settings.token()));
      return report(new Report(new Examination(checks).run(this::progress)), subject);
    }
  }

  private int report(Report report, Subject subject) {
    List<String> next = NextSteps.of(report, subject.url(), subject.models());
    if (settings.json()) {
      out.println(new JsonReport(report, next).text());
    } else {
      new TextReport(report, next).print(out);
    }
    return report.exitCode();
  }

  private void progress(String check) {
    if (!settings.json()) {
      err.println("checking: " + check);
    }
  }

  /** What the flags say. */
  private Subject told() {
    List<String> models = settings.models();
    String rows = settings.rows();
    if (models.isEmpty() && rows != null) {
      models =
          YamlRows.parse(rows).rows().stream()
              .filter(DoctorMain::isTestable)
              .map(row -> row.key().name())
              .toList();
    }
    return new Subject(settings.url(), settings.gitLabUrls(), models);
  }

  /** Models of vectors answer no text, which is what "Test connection" asks for. */
  private static boolean isTestable(RowDocument row) {
    return row.key().kind().equals("model") && !"embedding".equals(row.fields().text("family"));
  }

  private static TrustedAuthorities authorities(@Nullable Path bundle) {
    return bundle == null ? TrustedAuthorities.platform() : TrustedAuthorities.platformAnd(bundle);
  }
}
