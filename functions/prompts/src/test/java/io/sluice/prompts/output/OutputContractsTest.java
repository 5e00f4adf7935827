package io.sluice.prompts.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutputContractsTest {

  private static final Path CASES = Path.of("src/test/resources/golden/answers");

  @Test
  void givenEachName_whenAsked_thenThereIsAContractOfIt() {
    assertThat(OutputContracts.names()).isSorted().doesNotHaveDuplicates();
    OutputContracts.names().forEach(name -> assertThat(OutputContracts.named(name)).isNotNull());
    assertThat(OutputContracts.named("no_such")).isNull();
  }

  @Test
  void givenTheGoldenAnswers_whenListed_thenEachContractHasSome() throws Exception {
    try (Stream<Path> folders = Files.list(CASES)) {
      assertThat(folders.map(folder -> String.valueOf(folder.getFileName())))
          .containsAll(
              OutputContracts.names().stream()
                  .filter(name -> !name.equals("prose") && !name.equals("react"))
                  .toList());
    }
  }
}
