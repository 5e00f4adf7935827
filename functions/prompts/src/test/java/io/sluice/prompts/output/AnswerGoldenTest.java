package io.sluice.prompts.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.prompts.output.OutputContract.Broken;
import io.sluice.prompts.output.OutputContract.Kept;
import io.sluice.prompts.output.OutputContract.Repaired;
import io.sluice.prompts.output.OutputContract.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers that models give, and what their contracts say of them. A case is a file {@code
 * golden/answers/CONTRACT/CASE.json} of {@code inputs}, {@code answer} and {@code verdict} (kept,
 * repaired or broken); {@code text} is what is given on, where that isn't the answer; {@code note}
 * is the repair or the reason, or a part of it.
 */
class AnswerGoldenTest {

  private static final Path CASES = Path.of("src/test/resources/golden/answers");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenAnAnswer_whenJudged_thenTheVerdictIsTheGoldenOne(Path file) throws Exception {
    JsonObject golden = (JsonObject) Json.read(Files.readAllBytes(file));
    String answer = golden.text("answer", "");
    OutputContract contract = contract(file);

    Verdict verdict = contract.judge(answer, inputs(golden));

    assertThat(name(verdict)).as(verdict.toString()).isEqualTo(golden.text("verdict"));
    assertThat(verdict.text()).isEqualTo(golden.text("text", answer));
    assertThat(note(verdict)).contains(golden.text("note", ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenTheTextThatIsGivenOn_whenJudgedAgain_thenItStays(Path file) throws Exception {
    JsonObject golden = (JsonObject) Json.read(Files.readAllBytes(file));
    String text = golden.text("text", golden.text("answer", ""));

    assertThat(contract(file).judge(text, inputs(golden)).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenAnAnswerInPieces_whenFiltered_thenTheTextIsTheSame(Path file) throws Exception {
    JsonObject golden = (JsonObject) Json.read(Files.readAllBytes(file));
    String answer = golden.text("answer", "");
    for (int length = 1; length <= 7; length++) {
      AnswerFilter filter = contract(file).filter(inputs(golden));
      if (filter == null) {
        return; // judged as a whole only
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < answer.length(); i += length) {
        text.append(filter.push(answer.substring(i, Math.min(answer.length(), i + length))));
      }
      Verdict verdict = filter.finish();

      assertThat(text + verdict.text()).isEqualTo(golden.text("text", answer));
      assertThat(name(verdict)).isEqualTo(golden.text("verdict"));
    }
  }

  private static OutputContract contract(Path file) {
    String name = file.getName(file.getNameCount() - 2).toString();
    return Objects.requireNonNull(OutputContracts.named(name), name);
  }

  private static JsonObject inputs(JsonObject golden) {
    return Objects.requireNonNullElse(golden.object("inputs"), JsonObject.EMPTY);
  }

  private static String name(Verdict verdict) {
    return switch (verdict) {
      case Kept _ -> "kept";
      case Repaired _ -> "repaired";
      case Broken _ -> "broken";
    };
  }

  private static String note(Verdict verdict) {
    return switch (verdict) {
      case Kept _ -> "";
      case Repaired repaired -> repaired.repair();
      case Broken broken -> broken.reason();
    };
  }
}
