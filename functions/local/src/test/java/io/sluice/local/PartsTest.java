package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsTest {

  @ParameterizedTest
  @CsvSource({
    "codestral-22b-v0.1,CODESTRAL",
    "Mistral-Small,MISTRAL",
    "qwen2.5-coder,QWEN",
    "gpt-4o,GPT",
    "meta/Llama-3.1-8B,LLAMA3",
    "codellama:13b,CODELLAMA",
    "claude-sonnet-4,CLAUDE_3",
    "deepseek-v3,DEEPSEEKCODER",
    "smollm2-135m,GENERAL"
  })
  void givenModelName_whenItsFamilyIsWanted_thenTheOneItSpells(String model, ModelFamily family) {
    assertThat(DefaultModel.family(model)).isEqualTo(family);
  }

  @Test
  void givenLibraryThatPrints_whenALineIsWhole_thenItIsALogLine() {
    List<JsonObject> lines = new ArrayList<>();
    PrintStream stray = StrayOutput.to((level, logger, message, fields) -> lines.add(fields));
    stray.print("WARNING: a");
    assertThat(lines).isEmpty();
    stray.println(" b");
    stray.println();
    stray.println("x".repeat(5_000));
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().text("text")).isEqualTo("WARNING: a b");
    assertThat(lines.getLast().text("text", "")).hasSize(2_000);
  }
}
