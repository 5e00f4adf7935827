package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.ModelFamily;
import io.sluice.prompts.PromptNotFoundException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptRegistryTest {

  private static final Path FILES = Path.of("src/main/resources/prompts");

  private final PromptRegistry registry = new PromptRegistry();

  @Test
  void givenTheFolder_whenTheRegistryIsRead_thenItHasEveryFile() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      assertThat(registry.all().stream().map(PromptRegistryTest::file))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
                  .toList());
    }
  }

  private static String file(Prompt prompt) {
    return "%s/%s/%s.prompt".formatted(prompt.id(), prompt.variant(), prompt.version());
  }

  @ParameterizedTest
  @CsvSource({
    "codestral, codestral",
    "mistral, mistral",
    "mixtral, mistral",
    "codegemma, codegemma",
    "codellama, codellama",
    "deepseekcoder, deepseekcoder",
    "llama3, llama3",
    "gpt, gpt",
    "gemini, gemini",
    "qwen, qwen",
    "claude_3, base",
    "general, base"
  })
  void givenAFamily_whenCompletionsAreAsked_thenItsFirstFolderAnswers(String name, String folder)
      throws PromptNotFoundException {
    ModelFamily family = ModelFamily.named(name).orElseThrow();

    Prompt prompt = registry.find("code_suggestions/completions", family, "^1.0.0");

    assertThat(prompt.variant()).isEqualTo(folder);
    assertThat(prompt.id()).isEqualTo("code_suggestions/completions");
    assertThat(prompt.version()).isEqualTo("1.0.0");
    assertThat(prompt.unitPrimitive()).isEqualTo("complete_code");
    assertThat(prompt.feature()).isEqualTo("code_completions");
  }

  @Test
  void givenTheSameQuestion_whenAskedTwice_thenThePromptIsCompiledOnce()
      throws PromptNotFoundException {
    Prompt first = registry.find("generate_commit_message", ModelFamily.MISTRAL, "^1.0.0");

    assertThat(registry.find("generate_commit_message", ModelFamily.GPT, "1.0.0")).isSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "code_suggestions",
        "model_configuration/check/base",
        "../prompts/generate_commit_message",
        "generate_commit_message/",
        "/generate_commit_message",
        "chat/../generate_commit_message",
        "index",
        "{{x}}%s"
      })
  void givenAnIdOutsideTheIndex_whenAsked_thenItIsUnknown(String id) {
    assertThat(registry.knows(id)).isFalse();
    assertThatThrownBy(() -> registry.find(id, ModelFamily.GENERAL, "^1.0.0"))
        .isInstanceOfSatisfying(
            PromptNotFoundException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_ID))
        .hasMessageStartingWith("Failed to load prompt definition for '" + id + "'")
        .message()
        .doesNotContain(".prompt", "resources");
  }

  @Test
  void givenAVeryLongId_whenAsked_thenTheMessageIsShort() {
    assertThatThrownBy(() -> registry.find("x".repeat(100_000), ModelFamily.GENERAL, "^1.0.0"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void givenNoSuchVersion_whenAsked_thenTheVersionsAreListed() {
    assertThatThrownBy(
            () -> registry.find("generate_commit_message", ModelFamily.GENERAL, "^3.0.0"))
        .isInstanceOfSatisfying(
            PromptNotFoundException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_VERSION))
        .hasMessageStartingWith("No version matching '^3.0.0'")
        .hasMessageContaining("1.0.0");
  }

  @Test
  void givenNoConstraint_whenAsked_thenItSaysSo() {
    assertThatThrownBy(
            () -> registry.find("generate_commit_message", ModelFamily.GENERAL, "my-tag"))
        .isInstanceOfSatisfying(
            PromptNotFoundException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_CONSTRAINT))
        .hasMessageContaining("'my-tag' is not a valid PEP 440 constraint")
        .hasMessageContaining("1.0.0");
  }
}
