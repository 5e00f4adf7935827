package io.sluice.local.demo;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A GitLab's identity with a key of its own, made anew with each object and kept in memory only: it
 * mints the tokens and headers that a self-managed GitLab 18.9 sends (contract 2.3, client 1.2).
 * Thread-safe.
 */
public final class DemoGitLab {

  /** Its {@code iss}: a name that can't exist (RFC 2606), so that nobody else can be meant. */
  public static final String URL = "https://demo-gitlab.invalid";

  private static final String KEY_ID = "demo-cloud-connector";
  private static final long LIFETIME_SECONDS = 3_600;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Every feature's: Rails grants all that its add-ons cover, whatever is asked (contract 2.6). */
  public static final List<String> SCOPES =
      List.of(
          "ai_gateway_model_provider_proxy",
          "ask_build",
          "ask_commit",
          "ask_epic",
          "ask_issue",
          "ask_merge_request",
          "ask_work_item",
          "complete_code",
          "documentation_search",
          "duo_agent_platform",
          "duo_chat",
          "duo_classic_chat",
          "explain_code",
          "explain_vulnerability",
          "feature_discovery_search",
          "fix_code",
          "generate_code",
          "generate_commit_message",
          "generate_embeddings_codebase",
          "generate_issue_description",
          "glab_ask_git_command",
          "include_dependency_context",
          "include_directory_context",
          "include_file_context",
          "include_issue_context",
          "include_local_git_context",
          "include_merge_request_context",
          "include_repository_context",
          "include_snippet_context",
          "include_terminal_context",
          "measure_comment_temperature",
          "refactor_code",
          "resolve_vulnerability",
          "review_merge_request",
          "self_hosted_models",
          "summarize_comments",
          "summarize_new_merge_request",
          "summarize_review",
          "troubleshoot_job",
          "write_tests");

  private final KeyPair keys;
  private final String instance = UUID.randomUUID().toString();
  private final Clock clock;

  private DemoGitLab(KeyPair keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** An identity with a new key. */
  public static DemoGitLab create(Clock clock) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return new DemoGitLab(generator.generateKeyPair(), clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java makes RSA keys", e);
    }
  }

  /** The JWKS with its public key. */
  public String jwks() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    JsonObject jwk =
        JsonObject.builder()
            .put("kty", "RSA")
            .put("kid", KEY_ID)
            .put("use", "sig")
            .put("alg", "RS256")
            .put("n", unsigned(key.getModulus()))
            .put("e", unsigned(key.getPublicExponent()))
            .build();
    return Json.text(JsonObject.builder().put("keys", List.of(jwk)).build());
  }

  /** The installation's id: the {@code sub} of its tokens. */
  public String instance() {
    return instance;
  }

  /** A token as Rails mints it for each request; good for an hour. */
  public String token() {
    return token(SCOPES);
  }

  /** The same of an installation whose add-ons cover only these unit primitives. */
  public String token(List<String> scopes) {
    long now = clock.instant().getEpochSecond();
    JsonObject header =
        JsonObject.builder().put("kid", KEY_ID).put("typ", "JWT").put("alg", "RS256").build();
    JsonObject claims =
        JsonObject.builder()
            .put("iss", URL)
            .put("sub", instance)
            .put("aud", List.of("gitlab-ai-gateway", "gitlab-duo-workflow-service"))
            .put("jti", UUID.randomUUID().toString())
            .put("iat", now)
            .put("nbf", now - 5)
            .put("exp", now + LIFETIME_SECONDS)
            .put("gitlab_realm", "self-managed")
            .put("scopes", scopes)
            .put("skip_usage_cutoff", false)
            .build();
    String input =
        BASE64.encodeToString(Json.write(header)) + "." + BASE64.encodeToString(Json.write(claims));
    return input + "." + BASE64.encodeToString(sign(input));
  }

  /** The headers of a request that Rails prepares and Workhorse sends. */
  public Headers headers(String correlationId) {
    return Headers.builder()
        .add("Authorization", "Bearer " + token())
        .add("Content-Type", "application/json")
        .add("User-Agent", "gitlab-workhorse/18.9.0")
        .add("X-Gitlab-Authentication-Type", "oidc")
        .add("X-Request-ID", correlationId)
        .add("X-Gitlab-Rails-Send-Start", Double.toString(clock.millis() / 1e3))
        .add("X-Gitlab-Host-Name", "demo-gitlab.invalid")
        .add("X-Gitlab-Instance-Id", instance)
        .add("X-Gitlab-Realm", "self-managed")
        .add("X-Gitlab-Deployment-Type", "self-managed")
        .add("X-Gitlab-Version", "18.9.0")
        .add("X-Gitlab-Global-User-Id", "ZGVtby11c2Vy")
        .add("X-Gitlab-Feature-Enabled-By-Namespace-Ids", "")
        .add("X-Gitlab-Feature-Enablement-Type", "duo_enterprise")
        .add("X-Gitlab-Enabled-Feature-Flags", "")
        .add("X-Gitlab-Enabled-Instance-Verbose-Ai-Logs", "false")
        .add("X-Gitlab-Is-Team-Member", "false")
        .add("X-Gitlab-Language-Server-Version", "8.16.0")
        .build();
  }

  private byte[] sign(String input) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java signs with RSA", e);
    }
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
  }
}
