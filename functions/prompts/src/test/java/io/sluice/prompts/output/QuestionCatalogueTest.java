package io.sluice.prompts.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QuestionCatalogueTest {

  private static final Path PROMPT =
      Path.of("src/main/resources/prompts/categorize_question/base/1.0.0.prompt");

  @Test
  void givenTheCatalogue_whenThePromptIsRead_thenItNamesAllOfIt() throws Exception {
    String prompt = Files.readString(PROMPT);

    QuestionCatalogue.categories().forEach(name -> assertThat(prompt).contains("- " + name + ": "));
    assertThat(prompt).contains(QuestionCatalogue.detailed()).contains(QuestionCatalogue.LABELS);
    assertThat(QuestionCatalogue.detailed()).doesNotHaveDuplicates();
  }
}
