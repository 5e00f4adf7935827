package io.sluice.config.routing;

import io.sluice.config.Candidate;
import io.sluice.config.CompletionMode;
import io.sluice.config.Features;
import io.sluice.config.MetadataPolicy;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution.Reason;
import io.sluice.config.Resolution.Refused;
import io.sluice.config.RoutePolicy;
import io.sluice.config.row.RowMapping;
import io.sluice.core.model.Secret;
import io.sluice.core.model.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the model that a request names (contract 7) into a candidate, where policy allows it.
 *
 * @param models the models of the snapshot
 * @param rules which models may answer
 */
record RequestedModels(Models models, TargetRules rules) {

  static final int MAX_NAME = 255;
  static final int MAX_ENDPOINT = 255;
  static final int MAX_KEY = 2000;
  static final int MAX_IDENTIFIER = 1000;

  RequestedCandidate judge(RequestedModel requested, String feature, RoutePolicy policy) {
    String name = present(requested.name());
    String endpoint = present(requested.endpoint());
    String identifier = present(requested.identifier());
    if (identifier != null && identifier.length() > MAX_IDENTIFIER) {
      return tooLong("identifier", MAX_IDENTIFIER);
    }
    if (identifier != null && identifier.startsWith(Identifier.ROW + "/")) {
      return row(identifier.substring(Identifier.ROW.length() + 1), feature, policy);
    }
    if (name == null && endpoint == null && (identifier == null || identifier.indexOf('/') < 0)) {
      return new RequestedCandidate.Nothing("model_metadata names no self-hosted model");
    }
    if (name != null && name.length() > MAX_NAME) {
      return tooLong("name", MAX_NAME);
    }
    Secret key = requested.apiKey();
    if (key != null && key.reveal().length() > MAX_KEY) {
      return tooLong("api_key", MAX_KEY);
    }
    Optional<ModelFamily> family = Optional.ofNullable(name).flatMap(ModelFamily::named);
    if (family.isEmpty() || Features.embeds(feature) != (family.get() == ModelFamily.EMBEDDING)) {
      return unknownFamily(name, feature);
    }
    Identifier parts = Identifier.of(identifier != null ? identifier : family.get().wire());
    return target(parts, family.get(), endpoint, present(key), policy);
  }

  private RequestedCandidate row(String name, String feature, RoutePolicy policy) {
    Optional<ModelRow> row = models.find(name);
    if (row.isEmpty()) {
      return refused(
          "model_metadata.identifier names a model row that the routing table does not have: add"
              + " the row model/NAME, or change the identifier sluice/NAME in GitLab");
    }
    return rules
        .misfit(row.get(), feature, policy)
        .<RequestedCandidate>map(
            misfit -> refused("model/" + name + " may not answer " + feature + ": " + misfit))
        .orElseGet(
            () ->
                new RequestedCandidate.Named(
                    models.candidate(row.get()), "metadata sluice/" + name));
  }

  private RequestedCandidate target(
      Identifier identifier,
      ModelFamily family,
      @Nullable String endpoint,
      @Nullable Secret key,
      RoutePolicy policy) {
    Optional<Provider> provider = ProviderWords.provider(identifier.provider());
    if (provider.isEmpty()) {
      return refused(
          "model_metadata.identifier names the provider "
              + identifier.provider()
              + ", which no backend of this gateway serves: use an OpenAI-compatible endpoint");
    }
    Optional<String> refusal =
        rules
            .deploymentMisfit(provider.get())
            .or(() -> providerRefusal(provider.get(), policy))
            .or(
                () ->
                    provider.get().hasEndpoint()
                        ? endpointRefusal(endpoint)
                        : identifierRefusal(identifier)
                            .or(() -> fenceRefusal(provider.get(), identifier)));
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    Target.Metadata target =
        new Target.Metadata(
            family.wire(),
            identifier.provider(),
            identifier.model(),
            provider.get().hasEndpoint() ? endpoint : null,
            key);
    return new RequestedCandidate.Named(
        new Candidate(
            target,
            family,
            identifier.model(),
            CompletionMode.CHAT,
            family.contextTokens(),
            family.contextTokens(),
            RowMapping.usualAbilities(family)),
        "metadata");
  }

  private Optional<String> providerRefusal(Provider provider, RoutePolicy policy) {
    Set<Provider> allowed = metadata().providers();
    if (!allowed.isEmpty() && !allowed.contains(provider)) {
      return Optional.of(
          "the provider "
              + provider.wire()
              + " is not among metadata.providers of settings/global");
    }
    return policy.providers() != null && !policy.providers().contains(provider)
        ? Optional.of("the provider " + provider.wire() + " is not among the feature's providers")
        : Optional.empty();
  }

  private Optional<String> endpointRefusal(@Nullable String endpoint) {
    if (endpoint == null) {
      return Optional.of(
          "model_metadata.endpoint is missing: enter the model server's URL in GitLab, or name a"
              + " model row with the identifier sluice/NAME");
    }
    if (endpoint.length() > MAX_ENDPOINT || !isUrl(endpoint)) {
      return Optional.of(
          "model_metadata.endpoint is not a URL of at most " + MAX_ENDPOINT + " characters");
    }
    Optional<String> refusal = models.deployment().metadataEndpoints().refusal(endpoint);
    if (refusal.isPresent()) {
      return Optional.of("model_metadata.endpoint is refused: " + refusal.get());
    }
    return EndpointNarrowing.allows(metadata().endpoints(), endpoint)
        ? Optional.empty()
        : Optional.of(
            "model_metadata.endpoint is refused: it is not among metadata.endpoints of"
                + " settings/global");
  }

  private Optional<String> identifierRefusal(Identifier identifier) {
    String whole = identifier.provider() + "/" + identifier.model();
    return metadata().identifiers().stream().anyMatch(pattern -> Glob.matches(pattern, whole))
        ? Optional.empty()
        : Optional.of(
            "model_metadata.identifier is refused: metadata.identifiers of settings/global has no"
                + " pattern for it");
  }

  private Optional<String> fenceRefusal(Provider provider, Identifier identifier) {
    return models
        .deployment()
        .aws()
        .refusal(provider, null, identifier.model())
        .map(text -> "model_metadata.identifier is refused: " + text);
  }

  private MetadataPolicy metadata() {
    return rules.settings().metadata();
  }

  private static RequestedCandidate unknownFamily(@Nullable String name, String feature) {
    String known =
        Features.embeds(feature)
            ? ModelFamily.EMBEDDING.wire()
            : String.join(", ", ModelFamily.chatNames());
    String text =
        name == null
            ? "model_metadata.name is missing: it must be the model's family"
            : "model_metadata.name is not a model family for this feature";
    return new RequestedCandidate.Refused(
        new Refused(Reason.UNKNOWN_FAMILY, text + "; known families: " + known));
  }

  private static RequestedCandidate tooLong(String member, int limit) {
    return refused("model_metadata." + member + " is longer than " + limit + " characters");
  }

  private static RequestedCandidate refused(String text) {
    return new RequestedCandidate.Refused(new Refused(Reason.METADATA_REFUSED, text));
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https")) && uri.getRawAuthority() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static @Nullable String present(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static @Nullable Secret present(@Nullable Secret key) {
    return key == null || key.reveal().isBlank() ? null : key;
  }
}
