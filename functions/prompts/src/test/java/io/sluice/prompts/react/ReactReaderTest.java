package io.sluice.prompts.react;

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

/**
 * Each case is a file: a model's {@code text}, and what it is however it is cut: an {@code answer},
 * an action's {@code tool}, {@code input} and {@code thought}, or {@code unknown}.
 */
class ReactReaderTest {

  private static final Path CASES = Path.of("src/test/resources/golden/react");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenAStep_whenCutAnywhere_thenItIsReadTheSame(Path file) throws Exception {
    JsonObject example = (JsonObject) Json.read(Files.readAllBytes(file));
    String text = example.text("text", "");

    assertThat(read(text)).as("whole").isEqualTo(want(example));
    assertThat(read(text.split(""))).as("by character").isEqualTo(want(example));
    for (int cut = 0; cut <= text.length(); cut++) {
      assertThat(read(text.substring(0, cut), text.substring(cut)))
          .as("cut at %d", cut)
          .isEqualTo(want(example));
    }
  }

  @Test
  void givenAFinalAnswer_whenWritten_thenItLeavesWithoutDelayButForWhiteSpace() {
    ReactReader reader = new ReactReader();

    assertThat(reader.push("I know.\nFinal Ans")).isEmpty();
    assertThat(reader.push("wer:")).isEmpty();
    assertThat(reader.push(" It is")).isEqualTo("It is");
    assertThat(reader.push(" \n\n")).isEmpty();
    assertThat(reader.push("done")).isEqualTo(" \n\ndone");
    assertThat(reader.push("\n")).isEmpty();
    assertThat(reader.finish()).isEqualTo(new ReactOutput.Answer(""));
  }

  @Test
  void givenAMadeUpObservation_whenMoreIsWritten_thenItIsNotKept() {
    ReactReader reader = new ReactReader();
    reader.push("Action: issue_reader\nAction Input: 1\nObservation: ");
    for (int i = 0; i < 1000; i++) {
      assertThat(reader.push("Final Answer: made up ")).isEmpty();
    }

    assertThat(reader.finish()).isEqualTo(new ReactOutput.Action("issue_reader", "1", ""));
  }

  private static ReactOutput want(JsonObject example) {
    String answer = example.text("answer");
    String tool = example.text("tool");
    if (answer != null) {
      return new ReactOutput.Answer(answer);
    }
    return tool == null
        ? new ReactOutput.Unknown(example.text("unknown", ""))
        : new ReactOutput.Action(tool, example.text("input", ""), example.text("thought", ""));
  }

  /** An answer as a whole: what was given on, and its rest. */
  private static ReactOutput read(String... pieces) {
    ReactReader reader = new ReactReader();
    StringBuilder given = new StringBuilder();
    for (String piece : pieces) {
      given.append(reader.push(piece));
    }
    return reader.finish() instanceof ReactOutput.Answer answer
        ? new ReactOutput.Answer(given + answer.rest())
        : given.isEmpty() ? reader.finish() : new ReactOutput.Unknown("given on: " + given);
  }
}
