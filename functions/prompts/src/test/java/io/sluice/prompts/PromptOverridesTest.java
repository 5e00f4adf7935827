package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.ModelFamily;
import io.sluice.config.PromptRow;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which prompt answers when administrators have rows of their own. */
class PromptOverridesTest {

  private static final String ID = "generate_commit_message";
  private static final String GENERATIONS = "code_suggestions/generations";

  private final Map<String, PromptRow> rows = new HashMap<>();
  private final PromptRegistry registry = new PromptRegistry(() -> rows);

  private void row(String name, String version, String template) {
    rows.put(name, new PromptRow(name, version, template));
  }

  private Prompt find(String id, ModelFamily family) throws PromptNotFoundException {
    return registry.find(id, family, PromptRegistry.DEFAULT_CONSTRAINT);
  }

  @Test
  void givenParameters_whenAsked_thenTheyAreTheRowsAndTheRestIsOurs() throws Exception {
    row(ID + "/base", "1.1.0", "{\"temperature\": 0.7, \"system_ending\": \"Answer in German.\"}");

    Prompt prompt = find(ID, ModelFamily.LLAMA3);
    Prompt ours = new PromptRegistry().find(ID, ModelFamily.LLAMA3, "^1.0.0");

    assertThat(prompt.version()).isEqualTo("1.1.0");
    assertThat(prompt.sampling().temperature()).isEqualTo(0.7);
    assertThat(prompt.unitPrimitive()).isEqualTo(ours.unitPrimitive());
    assertThat(prompt.contract()).hasSameClassAs(ours.contract());
    JsonObject inputs = JsonObject.of(Map.of("diff", "+ a"));
    Message system = Prompts.render(ours, inputs).getFirst();
    assertThat(Prompts.render(prompt, inputs).getFirst().content())
        .isEqualTo(system.content() + "\nAnswer in German.");
  }

  @Test
  void givenMessages_whenAsked_thenOnlyTheyAreSaid() throws Exception {
    row(ID + "/base", "1.1.0", "--- user\r\n<diff_{{tag}}>{{diff}}</diff_{{tag}}>\r\nShort.\r\n");

    Prompt prompt = find(ID, ModelFamily.GPT);

    assertThat(Prompts.render(prompt, JsonObject.of(Map.of("diff", "{{x}}"))))
        .containsExactly(Message.user("<diff_zq7>{{x}}</diff_zq7>\nShort."));
  }

  @Test
  void givenRowsOfSeveralFamilies_whenAsked_thenTheNearestIsTaken() throws Exception {
    row(ID + "/base", "1.1.0", "{\"max_tokens\": 1}");
    row(ID + "/mistral", "1.2.0", "{\"max_tokens\": 2}");
    row(ID + "/claude_3", "1.3.0", "{\"max_tokens\": 3}");

    assertThat(find(ID, ModelFamily.GPT).version()).isEqualTo("1.1.0");
    assertThat(find(ID, ModelFamily.MIXTRAL).version()).isEqualTo("1.2.0");
    assertThat(find(ID, ModelFamily.CLAUDE_3).version()).isEqualTo("1.3.0");
  }

  @Test
  void givenARowForAllFamilies_whenOursHasOneOfTheFamily_thenOursStays() throws Exception {
    row(GENERATIONS + "/base", "1.1.0", "{\"max_tokens\": 1024}");

    assertThat(find(GENERATIONS, ModelFamily.GENERAL).version()).isEqualTo("1.1.0");
    assertThat(find(GENERATIONS, ModelFamily.QWEN).version()).isEqualTo("1.0.0");
  }

  @Test
  void givenAnExactVersionOfOurs_whenAsked_thenTheRowStillTakesItsPlace() throws Exception {
    row(ID + "/base", "1.1.0", "{\"max_tokens\": 1}");

    assertThat(registry.find(ID, ModelFamily.GPT, "1.0.0").version()).isEqualTo("1.1.0");
  }

  @Test
  void givenARowOfAnotherMajorNumber_whenAsked_thenOursStays() throws Exception {
    row(ID + "/base", "2.0.0", "{\"max_tokens\": 1}");

    assertThat(find(ID, ModelFamily.GPT).version()).isEqualTo("1.0.0");
  }

  @Test
  void givenAChangedRow_whenAskedAgain_thenTheChangeIsSeenAndADeletionToo() throws Exception {
    row(ID + "/base", "1.1.0", "{\"max_tokens\": 1}");
    assertThat(find(ID, ModelFamily.GPT)).isSameAs(find(ID, ModelFamily.GPT));

    row(ID + "/base", "1.1.0", "{\"max_tokens\": 2}");
    assertThat(find(ID, ModelFamily.GPT).sampling().maxTokens()).isEqualTo(2);

    rows.clear();
    assertThat(find(ID, ModelFamily.GPT).version()).isEqualTo("1.0.0");
  }

  @Test
  void givenALiveRowThatCannotBeUsed_whenAsked_thenTheErrorNamesIt() {
    row(ID + "/base", "1.1.0", "{\"feature\": \"duo_chat\"}");

    assertThatThrownBy(() -> find(ID, ModelFamily.GPT))
        .isInstanceOf(PromptNotFoundException.class)
        .hasMessageStartingWith("the row prompt/generate_commit_message/base can't be used:")
        .hasMessageEndingWith("Mend or delete it");
  }
}
