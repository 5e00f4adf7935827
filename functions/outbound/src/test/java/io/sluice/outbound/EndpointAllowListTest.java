package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointAllowListTest {

  private final EndpointAllowList list =
      new EndpointAllowList(
          "--allow-endpoint",
          List.of(
              "http://127.0.0.1:9000",
              "https://llm.corp.example/v1",
              "https://proxy.corp.example:443/models/",
              "http://[::1]:9000"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000",
        "http://127.0.0.1:9000/",
        "http://127.0.0.1:9000/any/path",
        "HTTP://127.0.0.1:9000/v1",
        "https://llm.corp.example/v1",
        "https://llm.corp.example/v1/",
        "https://llm.corp.example:443/v1/chat",
        "https://LLM.Corp.Example/v1",
        "https://proxy.corp.example/models",
        "https://proxy.corp.example/models/a",
        "http://[::1]:9000/v1"
      })
  void givenAListedEndpoint_whenJudged_thenAllowed(String url) {
    assertThat(list.refusal(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9000",
        "http://2130706433:9000",
        "http://0x7f.1:9000",
        "http://0x7f000001:9000",
        "http://127.1:9000",
        "http://0177.0.0.1:9000",
        "http://127.0.0.01:9000",
        "http://[::ffff:127.0.0.1]:9000",
        "http://[::ffff:7f00:1]:9000",
        "http://[0:0:0:0:0:0:0:1]:9000",
        "http://[::1%25lo]:9000",
        "http://127.0.0.1.:9000",
        "http://127.0.0.1:9001",
        "http://127.0.0.1:09000",
        "http://127.0.0.1",
        "http://127.0.0.1:",
        "https://127.0.0.1:9000",
        "http://user@127.0.0.1:9000",
        "http://user:password@127.0.0.1:9000",
        "http://127.0.0.1:9000@evil.example",
        "http://evil.example@127.0.0.1:9000",
        "http://127.0.0.1:9000/?x=1",
        "http://127.0.0.1:9000?",
        "http://127.0.0.1:9000/#x",
        "http://127.0.0.1:9000#",
        "http://127.0.0.1:9000\\@evil.example",
        "http://127.0.0.1:9000/a\\b",
        "http://127.0.0.1:9000/a b",
        "http://127.0.0.1:9000/\r\nX: y",
        "//127.0.0.1:9000",
        "127.0.0.1:9000",
        "file:///etc/passwd",
        "ftp://127.0.0.1:9000",
        "gopher://127.0.0.1:9000",
        "https://llm.corp.example",
        "https://llm.corp.example/v10",
        "https://llm.corp.example/V1",
        "https://llm.corp.example/v1/../admin",
        "https://llm.corp.example/v1/./x",
        "https://llm.corp.example/v1/%2e%2e/admin",
        "https://llm.corp.example/v1/..%2fadmin",
        "https://llm.corp.example/v1%2fadmin",
        "https://llm.corp.example/v1/%5c..",
        "https://llm.corp.example/v1/%252e%252e/admin",
        "https://llm.corp.example./v1",
        "https://llm.corp.example:444/v1",
        "https://llm.corp.example.evil.example/v1",
        "https://evil-llm.corp.example/v1",
        "https://llm%2ecorp.example/v1",
        "https://llm.corp.ex\u00e4mple/v1",
        "https://\uff4c\uff4c\uff4d.corp.example/v1",
        "https:llm.corp.example/v1",
        "http:///v1",
        "http://127.0.0.1:0",
        "http://127.0.0.1:09000",
        "http://127.0.0.1:70000",
        "http://127.0.0.1:99999999999",
        "",
        " ",
        "not a url"
      })
  void givenAnotherSpellingOrEndpoint_whenJudged_thenRefusedWithTheSettingsName(String url) {
    assertThat(list.refusal(url))
        .hasValueSatisfying(why -> assertThat(why).contains("--allow-endpoint"));
  }

  @Test
  void givenTwoRefusedUrls_whenJudged_thenTheTextIsTheSameAndQuotesNeither() {
    assertThat(list.refusal("http://127.0.0.1:22"))
        .isEqualTo(list.refusal("http://user:secret@127.0.0.1:1"))
        .hasValueSatisfying(why -> assertThat(why).doesNotContain("127", "secret"));
  }

  @Test
  void givenAnEndlessUrl_whenJudged_thenRefused() {
    assertThat(list.refusal("http://127.0.0.1:9000/" + "a".repeat(3000))).isPresent();
  }

  @Test
  void givenEntries_whenAsked_thenTheyAreListedInOneSpelling() {
    assertThat(list.allowed())
        .containsExactly(
            "http://127.0.0.1:9000",
            "https://llm.corp.example/v1",
            "https://proxy.corp.example/models/",
            "http://[::1]:9000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llm.corp.example", "https://u:p@h", "http://0x7f.1", "https://h/?a", "ftp://h"})
  void givenABadEntry_whenTheListIsMade_thenTheSettingAndPlaceAreNamed(String entry) {
    assertThatThrownBy(
            () -> new EndpointAllowList("--allow-endpoint", List.of("https://ok.example", entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--allow-endpoint, entry 2: not an acceptable URL: it");
  }

  @Test
  void givenAnyEndpoint_whenJudged_thenOnlyTheSpellingCounts() {
    AnyEndpoint any = new AnyEndpoint();
    assertThat(any.refusal("https://any.example/v1")).isEmpty();
    assertThat(any.refusal("http://10.0.0.7:8000")).isEmpty();
    assertThat(any.refusal("http://2130706433")).isPresent();
    assertThat(any.allowed()).isEmpty();
  }
}
