package io.sluice.configcli;

import io.sluice.config.RequestedModel;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks. Filled in by picocli. */
final class CallerOptions {

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "The user's pseudonymous id, as audit records have it")
  private @Nullable String user;

  @Option(
      names = "--group",
      paramLabel = "ID",
      description = "The id of the root namespace (the top-level group); GitLab only asserts it")
  private @Nullable String group;

  @Option(
      names = "--namespace",
      paramLabel = "ID",
      description = "The id of the namespace; GitLab only asserts it")
  private @Nullable String namespace;

  @Option(names = "--instance", paramLabel = "ID", description = "The GitLab instance's id")
  private @Nullable String instance;

  @Option(
      names = "--model-identifier",
      paramLabel = "TEXT",
      description = "The model that GitLab names: its identifier, such as sluice/mistral-small")
  private @Nullable String identifier;

  @Option(
      names = "--model-family",
      paramLabel = "NAME",
      description = "The model that GitLab names: its family, such as mistral")
  private @Nullable String family;

  @Option(
      names = "--model-endpoint",
      paramLabel = "URL",
      description = "The model that GitLab names: its endpoint")
  private @Nullable String endpoint;

  Caller caller() {
    return new Caller(
        "explain",
        false,
        attested(instance),
        null,
        attested(user),
        asserted(namespace),
        asserted(group),
        null,
        Set.of(),
        instance);
  }

  @Nullable RequestedModel requested() {
    return identifier == null && family == null && endpoint == null
        ? null
        : new RequestedModel(null, family, endpoint, null, identifier);
  }

  private static @Nullable Identity attested(@Nullable String value) {
    return value == null ? null : Identity.attested(value);
  }

  private static @Nullable Identity asserted(@Nullable String value) {
    return value == null ? null : Identity.asserted(value);
  }
}
