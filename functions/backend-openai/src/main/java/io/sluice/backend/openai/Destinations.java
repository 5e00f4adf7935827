package io.sluice.backend.openai;

import io.sluice.config.ModelRow;
import io.sluice.config.ModelRows;
import io.sluice.config.Provider;
import io.sluice.core.model.EndpointPolicy;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretCache;
import io.sluice.core.model.SecretStore.StoredSecret;
import io.sluice.core.model.Target;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves targets: endpoint and secret of a row, or what GitLab's metadata says, each judged by
 * its endpoint policy. Thread-safe.
 */
final class Destinations {

  private final ModelRows rows;
  private final SecretCache secrets;
  private final EndpointPolicy metadataPolicy;
  private final EndpointPolicy rowPolicy;

  Destinations(
      ModelRows rows,
      SecretCache secrets,
      EndpointPolicy metadataPolicy,
      EndpointPolicy rowPolicy) {
    this.rows = rows;
    this.secrets = secrets;
    this.metadataPolicy = metadataPolicy;
    this.rowPolicy = rowPolicy;
  }

  /**
   * Where the target is.
   *
   * @throws CallFailure if the target can't be called as it is
   */
  Destination resolve(Target target) throws CallFailure {
    return switch (target) {
      case Target.Row row -> row(row);
      case Target.Metadata metadata -> metadata(metadata);
    };
  }

  private Destination row(Target.Row target) throws CallFailure {
    ModelRow row = rows.find(target.model(), target.snapshot()).orElse(null);
    if (row == null) {
      String problem = rows.problem();
      throw misconfigured(
          problem.isEmpty()
              ? "There is no model row " + target.model() + "."
              : "Model row " + target.model() + " can't be read: " + problem);
    }
    if (row.provider() != Provider.OPENAI && row.provider() != Provider.AZURE) {
      throw misconfigured(
          "Model row " + row.name() + " has a provider that is no OpenAI-compatible host.");
    }
    String endpoint = row.endpoint();
    if (endpoint == null) {
      throw misconfigured("Model row " + row.name() + " has no endpoint.");
    }
    judge(rowPolicy, endpoint, "Model row " + row.name() + ": ");
    Secret key = row.secret() == null ? null : allowed(row, endpoint, find(row, false));
    Dialect dialect = row.provider() == Provider.AZURE ? Dialect.AZURE : Dialect.OPENAI;
    return new Destination(dialect, row.family().wire(), row.model(), base(endpoint), key, row);
  }

  private Destination metadata(Target.Metadata target) throws CallFailure {
    Dialect dialect = Dialect.of(target.provider()).orElse(null);
    if (dialect == null) {
      throw misconfigured(
          "The identifier's provider " + target.provider() + " is no OpenAI-compatible host.");
    }
    String endpoint = target.endpoint();
    if (endpoint == null) {
      throw misconfigured("model_metadata.endpoint is missing.");
    }
    judge(metadataPolicy, endpoint, "");
    return new Destination(
        dialect, target.family(), target.model(), base(endpoint), target.apiKey(), null);
  }

  private static void judge(EndpointPolicy policy, String endpoint, String where)
      throws CallFailure {
    Optional<String> refusal = policy.refusal(endpoint);
    if (refusal.isPresent()) {
      throw new CallFailure(Kind.REFUSED, where + refusal.get());
    }
  }

  /**
   * The same destination with the secret as the store has it now; empty where that is the one we
   * had, or there is none to read.
   */
  Optional<Destination> withFreshKey(Destination destination) throws CallFailure {
    ModelRow row = destination.row();
    if (row == null || row.secret() == null) {
      return Optional.empty();
    }
    Secret key = allowed(row, destination.base(), find(row, true));
    return key.equals(destination.key()) ? Optional.empty() : Optional.of(destination.withKey(key));
  }

  private @Nullable StoredSecret find(ModelRow row, boolean fresh) throws CallFailure {
    String name = String.valueOf(row.secret());
    try {
      return (fresh ? secrets.reread(name) : secrets.find(name)).orElse(null);
    } catch (IOException e) {
      throw misconfigured(
          "The secret %s of model row %s could not be read: %s"
              .formatted(name, row.name(), e.getMessage()));
    }
  }

  private static Secret allowed(ModelRow row, String endpoint, @Nullable StoredSecret stored)
      throws CallFailure {
    if (stored == null) {
      throw misconfigured(
          "There is no secret " + row.secret() + ", which model row " + row.name() + " names.");
    }
    String host = String.valueOf(URI.create(endpoint).getHost()).toLowerCase(Locale.ROOT);
    if (!stored.hosts().isEmpty() && !stored.hosts().contains(host)) {
      throw misconfigured(
          "The secret "
              + row.secret()
              + " may not be sent to the host of model row "
              + row.name()
              + ".");
    }
    return stored.value();
  }

  /** Exactly one trailing slash goes (contract 7.2, step 2). */
  private static String base(String endpoint) {
    return endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
  }

  private static CallFailure misconfigured(String message) {
    return new CallFailure(Kind.CONFIGURATION, message);
  }
}
