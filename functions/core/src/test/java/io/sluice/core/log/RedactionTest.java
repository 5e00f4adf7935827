package io.sluice.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer canary",
        "bearer\tcanary",
        "eyJcanary123",
        "EYJcanary123",
        "sk-canary123",
        "glpat-canary123",
        "ghp_canary1234567890",
        "AKIACANARY123456",
        "asiacanary123456",
        "password=canary",
        "api_key: canary"
      })
  void givenACredential_whenMasked_thenItIsGone(String credential) {
    assertThat(Redaction.mask(credential)).doesNotContainIgnoringCase("canary");
    assertThat(Redaction.mask("x" + credential + ";")).doesNotContainIgnoringCase("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/v2/code/completions",
        "18.9.0",
        "gitlab.example.com",
        "a-b_c: d",
        "yes I say"
      })
  void givenPlainText_whenMasked_thenItStays(String text) {
    assertThat(Redaction.mask(text)).isEqualTo(text);
  }
}
