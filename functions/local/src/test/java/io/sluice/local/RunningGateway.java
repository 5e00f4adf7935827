package io.sluice.local;

import io.sluice.authorizer.Issuer;
import io.sluice.core.log.JsonLog;
import io.sluice.local.demo.DemoGitLab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The local host in this process, for clients in other packages. Believes one GitLab. */
public final class RunningGateway implements AutoCloseable {

  private final LocalGateway gateway;

  private RunningGateway(LocalGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Starts it on a free port.
   *
   * @param directory where it keeps its audit records
   * @param flags more of its flags
   * @throws IllegalArgumentException naming the flag that must be changed
   */
  public static RunningGateway start(
      DemoGitLab gitLab,
      Path directory,
      Map<String, String> environment,
      JsonLog log,
      String... flags) {
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(List.of("--demo", "--port", "0", "--data-dir", directory.toString()));
    Flags parsed = new Flags();
    new picocli.CommandLine(parsed).parseArgs(arguments.toArray(String[]::new));
    try {
      return new RunningGateway(
          LocalGateway.start(
              parsed.settings(environment),
              environment,
              Issuer.pinned(DemoGitLab.URL, gitLab.jwks()),
              Clock.systemUTC(),
              log));
    } catch (StartupException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Its base URL. */
  public String url() {
    return gateway.url();
  }

  /** Its audit records, complete once it is closed. */
  public Path auditFile() {
    return gateway.auditFile();
  }

  @Override
  public void close() throws IOException {
    gateway.stop(Duration.ofSeconds(5));
  }
}
