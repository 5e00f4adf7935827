package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Secret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private static final ModelCall.Input NO_PROMPT = new ModelCall.Completion("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "0|0",
        " 30 |30",
        "999999|3600",
        "-1|null",
        "1.5|null",
        "soon|null",
        "99999999999999999999999|null",
        "Mon, 23 Nov 2026 12:00:40 GMT|40",
        "Mon, 23 Nov 2026 11:00:00 GMT|0",
        "Mon, 23 Nov 2126 11:00:00 GMT|null",
        "Sat, 23 Nov 2126 11:00:00 GMT|3600"
      })
  void givenRetryAfter_whenRead_thenBoundedSeconds(String value, Long seconds) {
    assertThat(RetryAfter.seconds(value, NOON)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer abc123",
        "authorization: bearer abc.def-ghi",
        "sk-proj-abcdef123456",
        "your key sk-abc***xyz",
        "glpat-abcdefgh",
        "AKIAABCDEFGHIJKLMNOP",
        "eyJhbGciOi.eyJzdWIi.c2ln",
        "api_key=abc",
        "\"api-key\": \"abc123\"",
        "password: hunter2",
        "0123456789abcdef0123456789abcdef",
        "key the-key-itself"
      })
  void givenWhatLooksLikeAKey_whenRedacted_thenItIsMasked(String text) {
    assertThat(Redaction.of("x " + text + " y", new Secret("the-key-itself"), NO_PROMPT))
        .startsWith("x ")
        .contains("[redacted]")
        .doesNotContain("abc", "hunter2", "AKIA", "0123", "itself")
        .endsWith(" y");
  }

  @Test
  void givenLongTextWithControls_whenRedacted_thenOneShortLine() {
    String text = "a\r\n\u0000\u001b[31m\u202e b " + "word ".repeat(5_000);
    assertThat(Redaction.of(text, null, NO_PROMPT))
        .hasSize(300)
        .startsWith("a [31m b word")
        .matches("[\\x20-\\x7e]*");
    assertThat(Redaction.of("😀 ".repeat(200), null, NO_PROMPT)).hasSizeLessThanOrEqualTo(300);
    assertThat(Redaction.of("", null, NO_PROMPT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5", "gpt-5-mini", "openai/gpt-5.5", "GPT-5", "azure-gpt5"})
  void givenAGpt5Name_whenJudged_thenItCountsCompletionTokens(String name) {
    assertThat(ModelNames.countsCompletionTokens(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "gpt-4.5", "gpt-50", "mygpt-5000", "gpt-oss-20b"})
  void givenAnotherName_whenJudged_thenItCountsTokens(String name) {
    assertThat(ModelNames.countsCompletionTokens(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-7,true",
    "claude-opus-4.8,true",
    "claude_sonnet_5,true",
    "fable-5,true",
    "mythos.5,true",
    "claude-sonnet-4-5,false",
    "claude-opus-4-1,false",
    "sonnet-50,false",
    "mistral-7b,false"
  })
  void givenAName_whenJudged_thenWhetherItRejectsTemperature(String name, boolean rejects) {
    assertThat(ModelNames.rejectsTemperature(name)).isEqualTo(rejects);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-1,false",
    "claude-opus-4.5,false",
    "claude-sonnet-4_5,false",
    "anthropic.claude-haiku-4-5-v1:0,false",
    "claude-sonnet-4-20250514,false",
    "claude-3-haiku-20240307,false",
    "claude-3-sonnet-20240229,false",
    "claude-opus-4-7,true",
    "claude-sonnet-5,true",
    "Claude-4,true",
    "mistral-7b,false"
  })
  void givenAName_whenJudged_thenWhetherItRejectsAPrefill(String name, boolean rejects) {
    assertThat(ModelNames.rejectsPrefill(name)).isEqualTo(rejects);
  }
}
