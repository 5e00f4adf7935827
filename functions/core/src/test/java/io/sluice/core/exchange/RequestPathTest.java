package io.sluice.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/v2/code/completions, /v2/code/completions",
    "//v2/code/completions, /v2/code/completions",
    "/v2//code///completions, /v2/code/completions",
    "/prod/v2/code/completions, /v2/code/completions",
    "/prod//v2/code/completions, /v2/code/completions",
    "/prod/monitoring/healthz, /monitoring/healthz",
    "/prod, /prod",
    "/v1/v2/code, /v1/v2/code",
    "/a/b/v2/code, /a/b/v2/code",
    "/v1/prompts/model_configuration%2Fcheck, /v1/prompts/model_configuration/check",
    "/v1/prompts/model_configuration%2fcheck, /v1/prompts/model_configuration/check",
    "/v2/code/completions/, /v2/code/completions/",
    "/v1/prompts/%C3%A9, /v1/prompts/é",
    "/v1/prompts/..., /v1/prompts/...",
  })
  void givenAPath_whenDecoded_thenItIsTheOneThatIsMeant(String raw, String path) {
    assertThat(RequestPath.of(raw)).contains(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/prompts/chat%2f..%2fgenerate_commit_message",
        "/v1/prompts/%2e%2e/x",
        "/v1/../v2",
        "/v1/./x",
        "/v1/..",
        "/v1/%zz",
        "/v1/%2",
        "/v1/%ff",
        "/v1/%00",
        "/v1/a%0ab",
        "/v1/a%5cb",
        "*"
      })
  void givenAPathThatClimbsOrIsMalformed_whenDecoded_thenThereIsNone(String raw) {
    assertThat(RequestPath.of(raw)).isEmpty();
  }
}
