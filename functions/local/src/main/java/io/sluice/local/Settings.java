package io.sluice.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the local host was told at its start. Immutable; nothing here is a secret.
 *
 * @param host the address to listen at
 * @param port the port; 0 takes any free one
 * @param tlsCertificate PEM, {@code null} for plain HTTP
 * @param tlsKey PEM
 * @param gitLabUrls whose tokens are believed
 * @param pinnedKeys the JWKS files of GitLabs whose keys are not fetched
 * @param customersPortal whether the tokens of customers.gitlab.com are believed, too
 * @param allowedEndpoints what GitLab's own metadata may name
 * @param modelEndpoint the default model's base URL
 * @param modelName the default model's name on its server
 * @param modelKeyVariable the environment variable that holds the default model's key
 * @param config rows as multi-document YAML
 * @param secrets where each named secret is: {@code NAME=env:VAR} or {@code NAME=file:PATH}
 * @param dynamoDb where a table of rows is
 * @param docsIndex what documentation search looks into, {@code null} for nothing
 * @param signingKey PEM, {@code null} for one in the data directory
 * @param dataDirectory audit records and keys
 * @param demo whether to be GitLab as well, and show one request
 * @param demoModel the weights of the demo's model
 */
record Settings(
    String host,
    int port,
    @Nullable Path tlsCertificate,
    @Nullable Path tlsKey,
    List<String> gitLabUrls,
    Map<String, Path> pinnedKeys,
    boolean customersPortal,
    List<String> allowedEndpoints,
    @Nullable String modelEndpoint,
    @Nullable String modelName,
    @Nullable String modelKeyVariable,
    @Nullable Path config,
    List<String> secrets,
    @Nullable String dynamoDb,
    @Nullable Path docsIndex,
    @Nullable Path signingKey,
    Path dataDirectory,
    boolean demo,
    @Nullable Path demoModel) {

  Settings {
    gitLabUrls = List.copyOf(gitLabUrls);
    allowedEndpoints = List.copyOf(allowedEndpoints);
    pinnedKeys = Map.copyOf(pinnedKeys);
    secrets = List.copyOf(secrets);
  }

  boolean tls() {
    return tlsCertificate != null;
  }

  String scheme() {
    return tls() ? "https" : "http";
  }

  /** The same settings with another default model. */
  Settings withModel(String endpoint, String name) {
    return new Settings(
        host,
        port,
        tlsCertificate,
        tlsKey,
        gitLabUrls,
        pinnedKeys,
        customersPortal,
        allowedEndpoints,
        endpoint,
        name,
        modelKeyVariable,
        config,
        secrets,
        dynamoDb,
        docsIndex,
        signingKey,
        dataDirectory,
        demo,
        demoModel);
  }
}
