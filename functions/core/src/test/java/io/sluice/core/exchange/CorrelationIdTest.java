package io.sluice.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {

  @Test
  void givenAnAcceptableId_whenRead_thenItIsKept() {
    assertThat(CorrelationId.of("abc-123_{}\"")).isEqualTo("abc-123_{}\"");
    assertThat(CorrelationId.of("x".repeat(128))).hasSize(128);
  }

  @Test
  void givenNone_whenRead_thenANewOneIsMade() {
    assertThat(CorrelationId.of(null)).matches("[0-9a-f]{32}");
    assertThat(CorrelationId.of(null)).isNotEqualTo(CorrelationId.of(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\u0007b", "é", "a\u007f"})
  void givenAnUnacceptableId_whenRead_thenItIsReplaced(String sent) {
    assertThat(CorrelationId.of(sent)).matches("[0-9a-f]{32}");
    assertThat(CorrelationId.of("x".repeat(129))).matches("[0-9a-f]{32}");
  }
}
