package io.sluice.gitlab;

import io.sluice.core.http.Headers;
import io.sluice.local.demo.DemoGitLab;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A GitLab installation with a user, as its headers say who it is (client 1.2).
 *
 * @param id its UUID, also the {@code sub} of its tokens
 * @param version such as {@code 18.9.0}
 * @param token mints a token for a call
 */
public record Instance(String id, String version, Supplier<String> token) {

  /** The installation that the local host's demo plays. */
  public static Instance of(DemoGitLab demo) {
    return new Instance(demo.instance(), "18.9.0", demo::token);
  }

  /** The same installation with other tokens. */
  public Instance with(Supplier<String> otherTokens) {
    return new Instance(id, version, otherTokens);
  }

  /** What every call of Rails carries, names as Net::HTTP spells them. */
  Headers rails() {
    return common().add("User-Agent", "Ruby").build();
  }

  /** What Workhorse sends for a request of an IDE that Rails has prepared. */
  Headers workhorse() {
    return common()
        .add("User-Agent", "gitlab-workhorse/" + version)
        .add("X-Gitlab-Language-Server-Version", "8.16.0")
        .add("X-Gitlab-Model-Prompt-Cache-Enabled", "true")
        .build();
  }

  /** What an IDE sends by itself: the headers that GitLab gave it, and a token of the gateway's. */
  Headers ide(String userToken) {
    return Headers.builder()
        .add("Authorization", "Bearer " + userToken)
        .add("X-Gitlab-Authentication-Type", "oidc")
        .add("Content-Type", "application/json")
        .add("User-Agent", "gitlab-language-server 8.16.0")
        .add("X-Request-ID", correlationId())
        .add("X-Gitlab-Host-Name", "gitlab.example.com")
        .add("X-Gitlab-Instance-Id", id)
        .add("X-Gitlab-Realm", "self-managed")
        .add("X-Gitlab-Global-User-Id", "ZG91YmxlLXVzZXI=")
        .add("X-Gitlab-Language-Server-Version", "8.16.0")
        .build();
  }

  private Headers.Builder common() {
    return Headers.builder()
        .add("X-Gitlab-Authentication-Type", "oidc")
        .add("Authorization", "Bearer " + token.get())
        .add("Content-Type", "application/json")
        .add("X-Request-Id", correlationId())
        .add("X-Gitlab-Rails-Send-Start", Double.toString(System.currentTimeMillis() / 1e3))
        .add("X-Gitlab-Host-Name", "gitlab.example.com")
        .add("X-Gitlab-Instance-Id", id)
        .add("X-Gitlab-Realm", "self-managed")
        .add("X-Gitlab-Deployment-Type", "self-managed")
        .add("X-Gitlab-Version", version)
        .add("X-Gitlab-Global-User-Id", "ZG91YmxlLXVzZXI=")
        .add("X-Gitlab-User-Id", "42")
        .add("X-Gitlab-Feature-Enabled-By-Namespace-Ids", "")
        .add("X-Gitlab-Feature-Enablement-Type", "duo_enterprise")
        .add("X-Gitlab-Enabled-Feature-Flags", "")
        .add("X-Gitlab-Enabled-Instance-Verbose-Ai-Logs", "false")
        .add("X-Gitlab-Is-Team-Member", "false")
        .add("X-Gitlab-Root-Namespace-Id", "3");
  }

  private static String correlationId() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
