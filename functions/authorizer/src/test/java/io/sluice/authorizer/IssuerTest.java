package io.sluice.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.TestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which issuers can be configured. */
final class IssuerTest {

  @ParameterizedTest
  @CsvSource({
    "https://gitlab.example.com, https://gitlab.example.com, https://gitlab.example.com",
    "https://gitlab.example.com/, https://gitlab.example.com, https://gitlab.example.com",
    "http://10.0.0.7:8080/git//, http://10.0.0.7:8080/git, http://10.0.0.7:8080",
    "' https://[::1]/a/b ', https://[::1]/a/b, https://[::1]",
  })
  void givenUrl_whenConfigured_thenItsNameHasNoTrailingSlash(
      String url, String name, String origin) {
    Issuer issuer = Issuer.discovered(url);

    assertThat(issuer.name()).isEqualTo(name);
    assertThat(issuer.origin()).contains(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gitlab-ai-gateway",
        "gitlab.example.com",
        "ftp://gitlab.example.com",
        "https://user:secret@gitlab.example.com",
        "https://gitlab.example.com?a=b",
        "https://gitlab.example.com#x",
        "https:///path",
        "https://gitlab example.com"
      })
  void givenUrl_whenItIsNoBaseUrl_thenRefusedWithoutQuotingIt(String url) {
    assertThatThrownBy(() -> Issuer.discovered(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a GitLab URL must be")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"EC\"}]}"})
  void givenPinnedKeys_whenNoneIsUsable_thenRefused(String jwks) {
    assertThatThrownBy(() -> Issuer.pinned("https://gitlab.example.com", jwks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the pinned keys of https://gitlab.example.com");
  }

  @Test
  void givenSmallKey_whenItShouldVerifyUserTokens_thenRefused() {
    TestKey small = TestKey.create("small", 1024);

    assertThatThrownBy(() -> Issuer.userTokens(small.publicKey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2048");
  }
}
