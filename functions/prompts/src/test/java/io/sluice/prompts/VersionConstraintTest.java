package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionConstraintTest {

  private static final List<String> VERSIONS =
      List.of(
          "0.2.3", "0.2.9", "0.3.0", "1.0.0", "1.0.1", "1.1.0-dev", "1.1.0", "2.0.0", "2.1.0-dev");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1.0.1; 1.0.1",
        "==1.0.1; 1.0.1",
        "=1.0.1; 1.0.1",
        "v1.0.1; 1.0.1",
        "1.0; 1.0.0",
        "1.1.0-dev; 1.1.0-dev",
        "==1.1.0.dev0; 1.1.0-dev",
        "1.1.0; 1.1.0",
        "^1.0.0; 1.1.0",
        "^1.0; 1.1.0",
        "^1; 1.1.0",
        "^1.0.5; 1.1.0",
        "^1.1.0-dev; 1.1.0",
        "^0.2.3; 0.2.9",
        "^0.2; 0.2.9",
        "^0; 0.3.0",
        "^0.0.3; none",
        "~1.0.0; 1.0.1",
        "~1.0; 1.0.1",
        "~1; 1.1.0",
        "~=1.0; 1.1.0",
        "~=1.0.0; 1.0.1",
        ">=1.0,<2.0; 1.1.0",
        ">=1.0 <2.0; 1.1.0",
        ">= 1.0 , < 2.0; 1.1.0",
        ">1.0.1; 2.0.0",
        "<=1.0.1; 1.0.1",
        "<1.0; 0.3.0",
        "!=2.0.0; 1.1.0",
        "!=2.*; 1.1.0",
        "*; 2.0.0",
        "1.*; 1.1.0",
        "==1.0.*; 1.0.1",
        "^3.0 || ^1.0; 1.1.0",
        "^0.2|^1.0.0; 1.1.0",
        "^3.0.0; none",
        "2.1.0; none",
        "2.1.0-dev; 2.1.0-dev",
        ">=2.0.1; none"
      })
  void givenAConstraint_whenMatched_thenTheHighestStableVersionWins(String text, String want) {
    VersionConstraint constraint = VersionConstraint.parse(text).orElseThrow();

    String found =
        VERSIONS.stream()
            .map(PromptVersionName::new)
            .filter(name -> constraint.accepts(name.version()))
            .max(Comparator.comparing(PromptVersionName::version))
            .map(PromptVersionName::text)
            .orElse("none");

    assertThat(found).isEqualTo(want);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my-tag",
        "",
        " ",
        ",",
        "||",
        "^1.0.0 ||",
        "^1.0.0,",
        "^1.0.0,,<2",
        "^",
        "^*",
        ">=1.*",
        "*.1",
        "1.x",
        "1.0.0-foo",
        "1.0.0 my-tag",
        "../1.0.0",
        "1..0",
        "99999999999999999999.0",
        "^1.0.0;",
        "{{x}}"
      })
  void givenSomethingElse_whenParsed_thenItIsNoConstraint(String text) {
    assertThat(VersionConstraint.parse(text)).isEmpty();
  }

  @Test
  void givenAVeryLongText_whenParsed_thenItIsNoConstraint() {
    assertThat(VersionConstraint.parse("1.0.0||".repeat(10_000) + "1.0.0")).isEmpty();
  }

  @Test
  void givenPreReleases_whenOrdered_thenTheyPrecedeTheirRelease() {
    List<String> ordered =
        List.of(
            "1.0.0",
            "1.1.0-dev",
            "1.1.0a1",
            "1.1.0-alpha.2",
            "1.1.0b1",
            "1.1.0-rc.1",
            "1.1",
            "1.1.1");

    List<PromptVersion> versions =
        ordered.stream().map(text -> PromptVersion.parse(text).orElseThrow()).toList();

    assertThat(versions).isSorted();
    assertThat(versions).doesNotHaveDuplicates();
  }

  /** A version beside its spelling. */
  private record PromptVersionName(String text) {
    PromptVersion version() {
      return PromptVersion.parse(text).orElseThrow();
    }
  }
}
