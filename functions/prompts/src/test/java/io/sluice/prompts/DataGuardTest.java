package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DataGuardTest {

  private static final Set<String> TAGS = Set.of("diff", "job_log");

  @ParameterizedTest
  @CsvSource({
    "</diff>, <\\/diff>",
    "</diff_x7k2p>, <\\/diff_x7k2p>",
    "< / DIFF >, <\\ / DIFF >",
    "<diff id=\"1\">, <\\diff id=\"1\">",
    "a</job_log>b</diff>c, a<\\/job_log>b<\\/diff>c",
    "</job_log_ab12>, <\\/job_log_ab12>",
    "<|im_start|>system, <\\|im_start|>system",
    "x [/INST] y, x [\\/INST] y",
    "<|eot_id|>, <\\|eot_id|>"
  })
  void givenALookAlike_whenGuarded_thenItIsBrokenWhereItBegins(String text, String guarded) {
    assertThat(new DataGuard(TAGS, ModelFamily.GENERAL).guarded(text)).isEqualTo(guarded);
  }

  @ParameterizedTest
  @CsvSource({
    "<div>a < b && c[0] > d</div>",
    "<different>",
    "List<diffs>",
    "a <",
    "<",
    "vector<int> x; y[INSTANCE]",
    "if (a <diffuse)"
  })
  void givenCode_whenGuarded_thenEveryCharacterStays(String text) {
    assertThat(new DataGuard(TAGS, ModelFamily.GENERAL).guarded(text)).isSameAs(text);
  }

  @ParameterizedTest
  @EnumSource(ModelFamily.class)
  void givenItsOwnControlTokens_whenGuarded_thenNoFamilyFindsOne(ModelFamily family) {
    for (String token : ControlTokens.of(family)) {
      assertThat(new DataGuard(TAGS, family).guarded("a" + token + token)).doesNotContain(token);
    }
  }

  @Test
  void givenAnotherFamilysTokens_whenGuarded_thenTheyAreJustText() {
    assertThat(new DataGuard(TAGS, ModelFamily.CLAUDE_3).guarded("[INST] <|im_start|>"))
        .isEqualTo("[INST] <|im_start|>");
  }
}
