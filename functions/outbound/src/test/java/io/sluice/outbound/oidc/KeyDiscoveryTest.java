package io.sluice.outbound.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.TrustedAuthorities;
import io.sluice.testing.GitLabStub;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a GitLab's keys are found; the authorizer's tests have every malformed answer. */
class KeyDiscoveryTest {

  private static KeyDiscovery discovery(GitLabStub gitLab) {
    EndpointAllowList allowed =
        new EndpointAllowList("test", List.of(IssuerUrl.origin(gitLab.url())));
    return new KeyDiscovery(
        new SocketOutboundClient(allowed, allowed, TrustedAuthorities.platform()));
  }

  @Test
  void givenAGitLab_whenItsKeysAreFetched_thenTheyAreItsJwks() throws IOException {
    try (GitLabStub gitLab = GitLabStub.start()) {
      JsonObject jwks = discovery(gitLab).fetch(gitLab.url());
      assertThat(Json.text(jwks)).contains(gitLab.key().kid());
    }
  }

  @Test
  void givenAGitLabThatIsDownOrSaysNonsense_whenFetched_thenTheFailureNamesIt() {
    try (GitLabStub gitLab = GitLabStub.start()) {
      KeyDiscovery discovery = discovery(gitLab);
      gitLab.discovery(JsonObject.builder().put("issuer", "https://other.example").build());
      assertThatThrownBy(() -> discovery.fetch(gitLab.url()))
          .hasMessageContaining("names another issuer");
      gitLab.discovery(
          JsonObject.builder()
              .put("issuer", gitLab.url())
              .put("jwks_uri", "https://other.example/keys")
              .build());
      assertThatThrownBy(() -> discovery.fetch(gitLab.url()))
          .hasMessageContaining("jwks_uri of another scheme, host or port");
      gitLab.discovery(null);
      gitLab.jwks("no JSON");
      assertThatThrownBy(() -> discovery.fetch(gitLab.url())).isInstanceOf(IOException.class);
      gitLab.down(true);
      assertThatThrownBy(() -> discovery.fetch(gitLab.url())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void givenUrls_whenRead_thenTheyAreSpelledAsIssuers() {
    assertThat(IssuerUrl.list(" https://a.example/ ,, http://b.example:8080/gitlab// "))
        .containsExactly("https://a.example", "http://b.example:8080/gitlab");
    assertThat(IssuerUrl.origin("http://b.example:8080/gitlab")).isEqualTo("http://b.example:8080");
    for (String wrong :
        List.of("gitlab", "ftp://a.example", "https://u@a.example", "https://a.example?x", "::")) {
      assertThatThrownBy(() -> IssuerUrl.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
