package io.sluice.router.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case is a file: what is above the cursor, the model's answer, the code that comes out. */
class GenerationTextTest {

  private static final Path CASES = Path.of("src/test/resources/golden/text/generation");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenAnAnswer_whenCleaned_thenItIsTheCasesCode(Path file) throws Exception {
    JsonObject example = (JsonObject) Json.read(Files.readAllBytes(file));

    assertThat(GenerationText.clean(example.text("prefix", ""), example.text("text", "")))
        .isEqualTo(example.text("want"));
  }

  @Test
  void givenAHostileAnswerOfEqualLines_whenCleaned_thenTheWorkIsBounded() {
    String prefix = "\n".repeat(50_000);
    String text = "x\n" + "\n".repeat(20_000);

    assertThat(GenerationText.clean(prefix, text)).startsWith("x\n");
  }
}
