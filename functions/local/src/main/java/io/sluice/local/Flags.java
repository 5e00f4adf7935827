package io.sluice.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The command line. Filled in by picocli, read once by {@link #settings}. */
@Command(
    name = "scripts/run",
    mixinStandardHelpOptions = true,
    version = "Sluice 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Serves GitLab Duo: authorizer, user tokens, router and backends in one process.",
      "Without --gitlab-url and --no-demo it is its own GitLab and shows one request."
    },
    footer = {
      "",
      "Each flag is also read from the environment: SLUICE_PORT for --port, SLUICE_GITLAB_URL for"
          + " --gitlab-url (several separated by commas), SLUICE_DEMO=true or false. SSL_CERT_FILE"
          + " names further certificate authorities (PEM) for GitLab and model servers.",
      "The log goes to standard output as JSON lines, audit records to DATA_DIR/audit.jsonl. With"
          + " --demo on a terminal the log goes to DATA_DIR/log.jsonl, and the terminal shows the"
          + " demo. The first SIGINT or SIGTERM lets streams finish for 30 s, the second ends at"
          + " once. Exit code 2: a flag must be changed."
    })
final class Flags {

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen at. Default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen at, 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port = 8080;

  @Option(names = "--tls-cert", paramLabel = "PEM", description = "Certificate chain: serve HTTPS")
  private @Nullable Path tlsCert;

  @Option(names = "--tls-key", paramLabel = "PEM", description = "Its private key (PKCS#8)")
  private @Nullable Path tlsKey;

  @Option(
      names = "--gitlab-url",
      paramLabel = "URL",
      split = ",",
      description = "A GitLab whose tokens are accepted, as it spells its own URL; repeatable")
  private List<String> gitLabUrls = List.of();

  @Option(
      names = "--pinned-keys",
      paramLabel = "URL=FILE",
      split = ",",
      description =
          "The keys of a GitLab that can't be reached from here: its JWKS as a file; repeatable")
  private Map<String, Path> pinnedKeys = Map.of();

  @Option(
      names = "--customers-portal",
      description = "Accept tokens that customers.gitlab.com issues, too. Default: off")
  private boolean customersPortal;

  @Option(
      names = "--allow-endpoint",
      paramLabel = "URL",
      split = ",",
      description =
          "A model server that GitLab's settings and your rows may name, compared literally;"
              + " repeatable")
  private List<String> allowEndpoints = List.of();

  @Option(
      names = "--model-endpoint",
      paramLabel = "URL",
      description = "Base URL of the default model, for example http://127.0.0.1:11434/v1")
  private @Nullable String modelEndpoint;

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "The default model's name on that server")
  private @Nullable String modelName;

  @Option(
      names = "--model-key-env",
      paramLabel = "VAR",
      description = "Environment variable that holds the default model's key")
  private @Nullable String modelKeyEnv;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Rows of the routing table as multi-document YAML; watched for changes")
  private @Nullable Path config;

  @Option(
      names = "--secret",
      paramLabel = "NAME=WHERE",
      split = ",",
      description =
          "Where a row's secret is: NAME=env:VAR or NAME=file:PATH; NAME@HOST=... sends it to that"
              + " host only; repeatable")
  private List<String> secrets = List.of();

  @Option(
      names = "--dynamodb",
      paramLabel = "URL",
      description = "Rows from a DynamoDB table there instead of --config")
  private @Nullable String dynamoDb;

  @Option(
      names = "--docs-index",
      paramLabel = "FILE",
      description = "Index for documentation search, a zip of scripts/docs-index. Default: none")
  private @Nullable Path docsIndex;

  @Option(
      names = "--signing-key",
      paramLabel = "PEM",
      description = "RSA key for user tokens (PKCS#8). Default: one made and kept in --data-dir")
  private @Nullable Path signingKey;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Audit records and keys. Default: sluice in $XDG_DATA_HOME or in ~/.local/share")
  private @Nullable Path dataDir;

  @Option(
      names = "--demo",
      negatable = true,
      description =
          "Be a GitLab with new keys, only on loopback, and show one request with a real model")
  private boolean demo;

  @Option(
      names = "--demo-model",
      paramLabel = "FILE",
      description = "Weights for the demo's model: a GGUF file with the ChatML template")
  private @Nullable Path demoModel;

  /** Reads each flag's default from {@code SLUICE_<FLAG>}. */
  static IDefaultValueProvider from(Map<String, String> environment) {
    return (ArgSpec argument) ->
        argument instanceof OptionSpec option
            ? environment.get(variable(option.longestName()))
            : null;
  }

  private static String variable(String flag) {
    return "SLUICE_" + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** What was asked for, as far as flags can be judged by themselves. */
  Settings settings(Map<String, String> environment) throws StartupException {
    if ((tlsCert == null) != (tlsKey == null)) {
      throw new StartupException("--tls-cert, --tls-key", "give both, or none for plain HTTP");
    }
    if (config != null && dynamoDb != null) {
      throw new StartupException("--config, --dynamodb", "rows come from one of them: give one");
    }
    readable("--tls-cert", tlsCert);
    readable("--tls-key", tlsKey);
    readable("--config", config);
    readable("--demo-model", demoModel);
    for (Path keys : pinnedKeys.values()) {
      readable("--pinned-keys", keys);
    }
    if (port < 0 || port > 65_535) {
      throw new StartupException("--port", port + " is no port: 0 to 65535");
    }
    if (demo) {
      judgeDemo();
    } else if (gitLabUrls.isEmpty() && pinnedKeys.isEmpty()) {
      throw new StartupException(
          "--gitlab-url", "give the URL of the GitLab to serve, or --demo to try without one");
    }
    judgeModel(environment);
    return new Settings(
        host,
        port,
        tlsCert,
        tlsKey,
        gitLabUrls,
        pinnedKeys,
        customersPortal,
        allowEndpoints,
        modelEndpoint,
        modelName,
        modelKeyEnv,
        config,
        secrets,
        dynamoDb,
        docsIndex,
        signingKey,
        dataDir == null ? defaultDataDirectory(environment) : dataDir.toAbsolutePath(),
        demo,
        demoModel);
  }

  private void judgeDemo() throws StartupException {
    if (tlsCert != null) {
      throw new StartupException("--tls-cert", "the demo speaks plain HTTP: leave it out");
    }
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw new StartupException(
            "--host", "with --demo only a loopback address, since anybody may read its token");
      }
    } catch (UnknownHostException e) {
      throw new StartupException("--host", "%s has no address".formatted(host));
    }
  }

  private void judgeModel(Map<String, String> environment) throws StartupException {
    if (modelEndpoint == null && (modelName != null || modelKeyEnv != null)) {
      throw new StartupException("--model-endpoint", "is missing: the default model's base URL");
    }
    if (modelEndpoint != null && modelName == null) {
      throw new StartupException("--model-name", "is missing: the model's name on that server");
    }
    if (modelKeyEnv != null && environment.getOrDefault(modelKeyEnv, "").isEmpty()) {
      throw new StartupException(
          "--model-key-env", "the environment variable %s is not set".formatted(modelKeyEnv));
    }
  }

  private static void readable(String flag, @Nullable Path file) throws StartupException {
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new StartupException(flag, "no readable file: " + file);
    }
  }

  private static Path defaultDataDirectory(Map<String, String> environment) {
    String home = environment.get("XDG_DATA_HOME");
    return home == null || home.isBlank()
        ? Path.of(System.getProperty("user.home"), ".local", "share", "sluice")
        : Path.of(home, "sluice").toAbsolutePath();
  }
}
