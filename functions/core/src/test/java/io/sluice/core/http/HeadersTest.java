package io.sluice.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {

  private static final Headers HEADERS =
      Headers.builder().add("X-Gitlab-Realm", "self-managed").add("x-gitlab-realm", "saas").build();

  @Test
  void givenAnyCase_whenAsked_thenTheHeaderIsFound() {
    assertThat(HEADERS.first("X-GITLAB-REALM")).isEqualTo("self-managed");
    assertThat(HEADERS.count("X-Gitlab-realm")).isEqualTo(2);
    assertThat(HEADERS.has("X-Gitlab-Realm")).isTrue();
    assertThat(HEADERS.first("Other")).isNull();
    assertThat(HEADERS.first("Other", "otherwise")).isEqualTo("otherwise");
  }

  @Test
  void givenHeaders_whenPrinted_thenValuesAreNotShown() {
    assertThat(HEADERS).hasToString("[x-gitlab-realm, x-gitlab-realm]");
  }

  @Test
  void givenMore_whenAdded_thenTheyComeAfter() {
    StringBuilder all = new StringBuilder();
    HEADERS
        .and(Headers.of("A", "b"))
        .forEach((name, value) -> all.append(name + "=" + value + ";"));
    assertThat(all).hasToString("X-Gitlab-Realm=self-managed;x-gitlab-realm=saas;A=b;");
  }
}
