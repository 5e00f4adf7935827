package io.sluice.router.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTextTest {

  @Test
  void givenASmallFile_whenFitted_thenItStaysAsItIs() {
    CompletionText text = CompletionText.fit(1000, "def add(a, b):\n    ", "\n", List.of());

    assertThat(text).isEqualTo(new CompletionText("def add(a, b):\n    ", "\n", 0, 0));
    assertThat(text.tokens()).isPositive();
  }

  @Test
  void givenALargeFile_whenFitted_thenThePrefixKeepsItsEndAndTheSuffixItsStart() {
    CompletionText text =
        CompletionText.fit(100, ",".repeat(900) + "X", "Y" + ";".repeat(900), List.of());

    assertThat(text.prefix()).endsWith(",X").hasSizeBetween(110, 130);
    assertThat(text.suffix()).startsWith("Y;").hasSizeBetween(6, 10);
    assertThat(text.tokens()).isLessThanOrEqualTo(100);
  }

  @Test
  void givenContext_whenThereIsRoom_thenItComesBeforeThePrefix() {
    CompletionText text = CompletionText.fit(100, "P", "S", List.of("one", "two"));

    assertThat(text.prefix()).isEqualTo("one\ntwo\nP");
    assertThat(text.suffix()).isEqualTo("S");
    assertThat(text.contextTokensSent()).isEqualTo(text.contextTokensUsed()).isPositive();
  }

  @Test
  void givenLargeContext_whenFitted_thenItsStartFillsWhatTheFileLeaves() {
    CompletionText text = CompletionText.fit(100, "P", "S", List.of("A" + ",".repeat(900), "B"));

    assertThat(text.prefix()).startsWith("A,").endsWith(",\nP").doesNotContain("B");
    assertThat(text.contextTokensUsed())
        .isLessThan(text.contextTokensSent())
        .isLessThanOrEqualTo(98);
  }

  @Test
  void givenAFileThatFillsTheBudget_whenFitted_thenTheContextIsLeftOut() {
    CompletionText text = CompletionText.fit(8, ",".repeat(99), ";".repeat(99), List.of("one"));

    assertThat(text.prefix()).matches(",+");
    assertThat(text.contextTokensUsed()).isZero();
    assertThat(text.contextTokensSent()).isEqualTo(1);
  }

  @Test
  void givenNoBudget_whenFitted_thenNothingIsLeft() {
    assertThat(CompletionText.fit(0, "P", "S", List.of("c")).prefix()).isEmpty();
  }
}
