package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A GitLab as the gateway sees one: OIDC discovery and JWKS over a real socket (client 2.3), and
 * the tokens and headers that its Rails sends (client 1.2, 2.2). Thread-safe.
 *
 * <p>As a real GitLab does, it publishes the key that signs tokens for us and the one that signs CI
 * job tokens.
 */
public final class GitLabStub implements AutoCloseable {

  /** The {@code sub} of {@link #token()} and the instance of {@link #headers()}. */
  public static final String INSTANCE = "7f1c2d3e-0000-4000-8000-000000000001";

  /** The user of {@link #headers()}. */
  public static final String USER = "dXNlci0x";

  /** The unit primitives of {@link #token()}. */
  public static final List<String> SCOPES =
      List.of(
          "ai_gateway_model_provider_proxy",
          "complete_code",
          "documentation_search",
          "duo_chat",
          "duo_classic_chat",
          "explain_code",
          "explain_vulnerability",
          "fix_code",
          "generate_code",
          "generate_commit_message",
          "generate_embeddings_codebase",
          "include_file_context",
          "refactor_code",
          "resolve_vulnerability",
          "review_merge_request",
          "self_hosted_models",
          "summarize_comments",
          "summarize_new_merge_request",
          "summarize_review",
          "troubleshoot_job",
          "write_tests");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String path;
  private final TestKey key;
  private final TestKey ciKey = CommonKeys.CI_JOB;
  private final List<JsonValue> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger discoveryHits = new AtomicInteger();
  private final AtomicInteger jwksHits = new AtomicInteger();
  private volatile boolean down;
  private volatile @Nullable JsonObject discovery;
  private volatile @Nullable String jwks;

  /**
   * The keys of stubs that are given none. Making a key takes long, so that a JVM makes one set.
   */
  private static final class CommonKeys {
    static final TestKey CLOUD_CONNECTOR = TestKey.create("cloud-connector-1");
    static final TestKey CI_JOB = TestKey.create("ci-job");

    private CommonKeys() {}
  }

  private GitLabStub(HttpServer server, String path, TestKey key) {
    this.server = server;
    this.path = path;
    this.key = key;
    published.add(key.jwk());
    published.add(ciKey.jwk());
  }

  /** A GitLab on a free port of the loopback address, with the keys of every such GitLab. */
  public static GitLabStub start() {
    return start(0, "");
  }

  /** A GitLab on the loopback address, with the keys of every such GitLab. */
  public static GitLabStub start(int port, String path) {
    return start(port, path, CommonKeys.CLOUD_CONNECTOR);
  }

  /**
   * A GitLab on the loopback address.
   *
   * @param port its port, 0 for a free one
   * @param path its relative path, such as {@code /gitlab}; empty for none
   * @param key signs its tokens
   */
  public static GitLabStub start(int port, String path, TestKey key) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
      GitLabStub stub = new GitLabStub(server, path, key);
      server.setExecutor(stub.threads);
      server.createContext("/", stub::answer);
      server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base URL, which is also the issuer; without a trailing slash. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The key that signs {@link #token()}. */
  public TestKey key() {
    return key;
  }

  /** The key that signs CI job tokens; published as well. */
  public TestKey ciKey() {
    return ciKey;
  }

  /** A valid token of this GitLab, to be changed or built. */
  public TokenBuilder token() {
    long now = Instant.now().getEpochSecond();
    return new TokenBuilder(key)
        .claim("iss", url())
        .claim("sub", INSTANCE)
        .claim("aud", List.of("gitlab-ai-gateway", "gitlab-duo-workflow-service"))
        .claim("jti", UUID.randomUUID().toString())
        .claim("iat", now)
        .claim("nbf", now - 5)
        .claim("exp", now + 3600)
        .claim("gitlab_realm", "self-managed")
        .claim("scopes", SCOPES)
        .claim("skip_usage_cutoff", false);
  }

  /** The headers of a valid call by Rails, with a new token. */
  public Headers headers() {
    return headers(token().build());
  }

  /** The headers of a call by Rails with that token. */
  public Headers headers(String token) {
    return Headers.builder()
        .add("X-Gitlab-Authentication-Type", "oidc")
        .add("Authorization", "Bearer " + token)
        .add("Content-Type", "application/json")
        .add("X-Request-ID", UUID.randomUUID().toString().replace("-", ""))
        .add("X-Gitlab-Rails-Send-Start", "%.6f".formatted(System.currentTimeMillis() / 1e3))
        .add("X-Gitlab-Host-Name", "gitlab.example.com")
        .add("X-Gitlab-Instance-Id", INSTANCE)
        .add("X-Gitlab-Realm", "self-managed")
        .add("X-Gitlab-Deployment-Type", "self-managed")
        .add("X-Gitlab-Version", "18.9.0")
        .add("X-Gitlab-Global-User-Id", USER)
        .add("X-Gitlab-User-Id", "42")
        .add("X-Gitlab-Namespace-Id", "7")
        .add("X-Gitlab-Root-Namespace-Id", "3")
        .add("X-Gitlab-Feature-Enabled-By-Namespace-Ids", "")
        .add("X-Gitlab-Feature-Enablement-Type", "duo_enterprise")
        .add("X-Gitlab-Enabled-Feature-Flags", "")
        .add("X-Gitlab-Enabled-Instance-Verbose-Ai-Logs", "false")
        .add("X-Gitlab-Is-Team-Member", "false")
        .add("User-Agent", "Ruby")
        .build();
  }

  /** Publishes a key. */
  public void publish(TestKey other) {
    published.add(other.jwk());
  }

  /** Publishes a member of the JWKS, whatever it is. */
  public void publish(JsonValue jwk) {
    published.add(jwk);
  }

  /** Takes every key of that id out of the JWKS. */
  public void withdraw(String kid) {
    published.removeIf(jwk -> jwk instanceof JsonObject object && kid.equals(object.text("kid")));
  }

  /** Answers everything with 503, or no longer. */
  public void down(boolean isDown) {
    down = isDown;
  }

  /** Answers discovery with that document; {@code null} for the right one. */
  public void discovery(@Nullable JsonObject document) {
    discovery = document;
  }

  /** Answers the JWKS with that text; {@code null} for the published keys. */
  public void jwks(@Nullable String document) {
    jwks = document;
  }

  /** The published keys as the text of a JWKS document. */
  public String keySet() {
    return Json.text(jwksDocument());
  }

  /** How often discovery was asked for, failures included. */
  public int discoveryHits() {
    return discoveryHits.get();
  }

  /** How often the JWKS was asked for, failures included. */
  public int jwksHits() {
    return jwksHits.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().getPath();
    if (asked.equals(path + "/.well-known/openid-configuration")) {
      discoveryHits.incrementAndGet();
      send(exchange, Json.write(discoveryDocument()));
    } else if (asked.equals(path + "/oauth/discovery/keys")) {
      jwksHits.incrementAndGet();
      String text = jwks;
      send(exchange, text == null ? Json.write(jwksDocument()) : bytes(text));
    } else {
      send(exchange, 404, bytes("{\"error\":\"404 Not Found\"}"));
    }
  }

  private JsonObject discoveryDocument() {
    JsonObject document = discovery;
    return document != null
        ? document
        : JsonObject.builder()
            .put("issuer", url())
            .put("jwks_uri", url() + "/oauth/discovery/keys")
            .put("id_token_signing_alg_values_supported", List.of("RS256"))
            .build();
  }

  private JsonObject jwksDocument() {
    return JsonObject.builder().put("keys", JsonArray.of(published)).build();
  }

  private void send(HttpExchange exchange, byte[] body) throws IOException {
    if (down) {
      send(exchange, 503, bytes("{\"error\":\"maintenance\"}"));
    } else {
      send(exchange, 200, body);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange
          .getResponseHeaders()
          .set("Cache-Control", "max-age=86400, public, must-revalidate, no-transform");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
