package io.sluice.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. Filled in by picocli, read once by {@link #settings}. */
@Command(
    name = "scripts/doctor",
    mixinStandardHelpOptions = true,
    version = "Sluice 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Checks a gateway the way GitLab uses it, from where this runs: best on a GitLab node. With"
          + " --stack it checks the deployed stack, too, and finds the URL by itself."
    },
    footer = {
      "",
      "Exit code 0: healthy; 1: findings, each with a code that docs/errors.md explains; 2: no"
          + " finding, but something could not be checked, or a flag must be changed. Nothing is"
          + " changed, no secret is read or shown."
    })
final class Flags {

  /** The variable with the token. */
  static final String TOKEN_VARIABLE = "SLUICE_DOCTOR_TOKEN";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The gateway, as it is pasted into GitLab. Default: the stack's output")
  private @Nullable String url;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "The CloudFormation stack; asked with the caller's own AWS credentials")
  private @Nullable String stack;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Its Region. Default: AWS_REGION or the AWS profile's")
  private @Nullable String region;

  @Option(
      names = "--gitlab-url",
      paramLabel = "URL",
      split = ",",
      description = "A GitLab that the gateway serves, as it was configured; repeatable")
  private List<String> gitLabUrls = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A token of GitLab's, for the checks of features; or the variable SLUICE_DOCTOR_TOKEN."
              + " docs/gitlab.md tells how to get one")
  private @Nullable Path tokenFile;

  @Option(
      names = "--models",
      paramLabel = "NAMES",
      split = ",",
      description = "Model rows to try \"Test connection\" with. Default: all rows that are known")
  private List<String> models = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The gateway's rows, where it reads them from a file")
  private @Nullable Path config;

  @Option(
      names = "--ca-bundle",
      paramLabel = "PEM",
      description = "Further certificate authorities; or the variable SSL_CERT_FILE")
  private @Nullable Path caBundle;

  @Option(names = "--json", description = "Print one JSON document instead of text")
  private boolean json;

  /**
   * What was asked for.
   *
   * @throws IllegalArgumentException naming the flag to change
   */
  Settings settings(Map<String, String> environment) {
    if (url == null && stack == null) {
      throw new IllegalArgumentException("give --url, --stack or both");
    }
    Path bundle = caBundle;
    String variable = environment.getOrDefault("SSL_CERT_FILE", "");
    if (bundle == null && !variable.isEmpty()) {
      bundle = Path.of(variable);
    }
    return new Settings(
        url,
        stack,
        region,
        gitLabUrls,
        token(environment),
        models,
        read("--config", config),
        bundle,
        json);
  }

  private @Nullable String token(Map<String, String> environment) {
    String text = read("--token-file", tokenFile);
    String token = text == null ? environment.getOrDefault(TOKEN_VARIABLE, "") : text;
    return token.isBlank() ? null : token.strip();
  }

  private static @Nullable String read(String flag, @Nullable Path file) {
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("%s: %s can't be read".formatted(flag, file), e);
    }
  }
}
