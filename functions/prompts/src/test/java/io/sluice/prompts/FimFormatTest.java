package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FimFormatTest {

  @ParameterizedTest
  @CsvSource({
    "CODESTRAL, [SUFFIX]S[PREFIX]P",
    "CODEGEMMA, <|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>",
    "CODELLAMA, <PRE> P <SUF>S <MID>",
    "DEEPSEEKCODER,"
        + " <\uFF5Cfim\u2581begin\uFF5C>P<\uFF5Cfim\u2581hole\uFF5C>S<\uFF5Cfim\u2581end\uFF5C>",
    "QWEN, <|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>",
    "LLAMA3, P",
    "MISTRAL, P",
    "GENERAL, P"
  })
  void givenAFamily_whenAskedForRawText_thenItsControlTokensEncloseTheCode(
      ModelFamily family, String want) {
    assertThat(FimFormat.of(family).prompt("P", "S")).isEqualTo(want);
  }

  @ParameterizedTest
  @EnumSource(ModelFamily.class)
  void givenAnyFamily_whenItsStopsAreCounted_thenAtMostFourGoOut(ModelFamily family) {
    assertThat(FimFormat.of(family).stop()).hasSizeLessThanOrEqualTo(4);
  }
}
