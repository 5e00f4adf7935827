package io.sluice.authorizer;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.DynamoDbTable;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.core.log.JsonLog;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.TrustedAuthorities;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The authorizer's settings, from environment variables. They are trust roots: deployment sets
 * them, rows can't.
 *
 * <ul>
 *   <li>{@code SLUICE_GITLAB_URLS}: the base URLs of the GitLab instances, separated by commas
 *   <li>{@code SLUICE_PINNED_KEYS}: a JSON object of base URL to JWKS, for instances that can't be
 *       reached; they need no entry in {@code SLUICE_GITLAB_URLS}
 *   <li>{@code SLUICE_USER_TOKEN_KEYS}: the ARNs of the KMS keys that our own user tokens are
 *       signed with, separated by commas; without it user tokens are refused
 *   <li>{@code SLUICE_CUSTOMERS_PORTAL}: {@code true} to believe tokens of customers.gitlab.com
 *   <li>{@code SLUICE_CA_BUNDLE}: a file of PEM certificates that certify GitLab, beside the
 *       platform's
 *   <li>{@code SLUICE_STATE_TABLE}: the DynamoDB table where the publisher keeps GitLab's keys
 * </ul>
 *
 * @param issuers who is believed
 * @param userTokenKeys the KMS keys of user tokens
 * @param stateTable the table's name
 * @param authorities who certifies GitLab's servers
 */
record AuthorizerSettings(
    List<Issuer> issuers,
    List<String> userTokenKeys,
    String stateTable,
    TrustedAuthorities authorities) {

  private static final String GITLAB_URLS = "SLUICE_GITLAB_URLS";
  private static final String PINNED_KEYS = "SLUICE_PINNED_KEYS";
  private static final String USER_TOKEN_KEYS = "SLUICE_USER_TOKEN_KEYS";
  private static final String CUSTOMERS_PORTAL = "SLUICE_CUSTOMERS_PORTAL";
  private static final String STATE_TABLE = "SLUICE_STATE_TABLE";

  AuthorizerSettings {
    issuers = List.copyOf(issuers);
    userTokenKeys = List.copyOf(userTokenKeys);
  }

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is malformed or none names a GitLab; the message names
   *     the variable
   */
  static AuthorizerSettings of(Map<String, String> environment) {
    Map<String, Issuer> issuers = new LinkedHashMap<>();
    for (Issuer issuer : pinned(environment.getOrDefault(PINNED_KEYS, ""))) {
      issuers.put(issuer.name(), issuer);
    }
    for (Issuer issuer : discovered(environment.getOrDefault(GITLAB_URLS, ""))) {
      issuers.putIfAbsent(issuer.name(), issuer);
    }
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException(
          "%s must name GitLab's base URL, or %s its keys".formatted(GITLAB_URLS, PINNED_KEYS));
    }
    if (environment.getOrDefault(CUSTOMERS_PORTAL, "").equals("true")) {
      issuers.putIfAbsent(Issuer.customersPortal().name(), Issuer.customersPortal());
    }
    String stateTable = environment.getOrDefault(STATE_TABLE, "");
    if (stateTable.isBlank()) {
      throw new IllegalArgumentException(
          "The environment variable " + STATE_TABLE + " is missing: it names the table `state`");
    }
    return new AuthorizerSettings(
        List.copyOf(issuers.values()),
        words(environment.getOrDefault(USER_TOKEN_KEYS, "")),
        stateTable,
        TrustedAuthorities.of(environment));
  }

  /** An authenticator with these settings; nothing is called yet. */
  Authenticator authenticator(AwsEnvironment aws, JsonLog log, Clock clock) {
    EndpointAllowList gitlabs =
        new EndpointAllowList(
            GITLAB_URLS,
            issuers.stream().map(Issuer::origin).flatMap(Optional::stream).distinct().toList());
    Map<String, KeySource> ours =
        userTokenKeys.isEmpty()
            ? Map.of()
            : Map.of(Issuer.USER_TOKENS, new KmsVerificationKeys(aws, userTokenKeys, log, clock));
    return Authenticator.of(
        issuers,
        ours,
        new SocketOutboundClient(gitlabs, gitlabs, authorities),
        new StateKeyStore(new DynamoDbTable(aws, stateTable)),
        log,
        clock);
  }

  private static List<String> words(String list) {
    List<String> words = new ArrayList<>();
    for (String word : list.split(",", -1)) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    return words;
  }

  private static List<Issuer> discovered(String urls) {
    List<Issuer> issuers = new ArrayList<>();
    for (String url : urls.split(",", -1)) {
      if (!url.isBlank()) {
        issuers.add(named(GITLAB_URLS, () -> Issuer.discovered(url)));
      }
    }
    return issuers;
  }

  private static List<Issuer> pinned(String keys) {
    List<Issuer> issuers = new ArrayList<>();
    if (keys.isBlank()) {
      return issuers;
    }
    try {
      if (Json.read(keys) instanceof JsonObject byUrl) {
        for (Map.Entry<String, JsonValue> entry : byUrl.members().entrySet()) {
          String jwks = Json.text(entry.getValue());
          issuers.add(named(PINNED_KEYS, () -> Issuer.pinned(entry.getKey(), jwks)));
        }
        return issuers;
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(PINNED_KEYS + ": " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(PINNED_KEYS + " must be a JSON object of URL to JWKS");
  }

  private static <T> T named(String variable, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
    }
  }
}
