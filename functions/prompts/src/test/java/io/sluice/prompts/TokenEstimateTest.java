package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0",
        "a | 1",
        "'    ' | 1",
        "return | 2",
        "() | 2",
        "\u00E9\u00E9 | 2",
        "\u6F22 | 2"
      })
  void givenAText_whenEstimated_thenTheRuleHolds(String text, int tokens) {
    assertThat(TokenEstimate.of(text)).isEqualTo(tokens);
  }

  @Test
  void givenCode_whenEstimated_thenItIsNearARealCount() {
    assertThat(TokenEstimate.of("def add(a, b):\n    return a + b\n")).isBetween(11, 15);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 1000})
  void givenABudget_whenCut_thenThePartFitsAndNoCharacterIsHalved(int tokens) {
    String text = "x = \"\uD83D\uDE00\uD83D\uDE00 \u00E9t\u00E9\"\n".repeat(5);

    String start = TokenEstimate.keepStart(text, tokens);
    String end = TokenEstimate.keepEnd(text, tokens);

    assertThat(text).startsWith(start).endsWith(end);
    assertThat(TokenEstimate.of(start)).isLessThanOrEqualTo(tokens);
    assertThat(TokenEstimate.of(end)).isLessThanOrEqualTo(tokens);
    assertThat(start.isEmpty() || !Character.isHighSurrogate(start.charAt(start.length() - 1)))
        .isTrue();
    assertThat(end.isEmpty() || !Character.isLowSurrogate(end.charAt(0))).isTrue();
    if (tokens == 1000) {
      assertThat(start).isEqualTo(text).isEqualTo(end);
    }
  }
}
