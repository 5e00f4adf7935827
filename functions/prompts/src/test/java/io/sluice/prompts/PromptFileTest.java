package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptFileTest {

  private static final PromptPath PATH = new PromptPath("a/b", "base", "1.0.0");
  private static final String HEADER =
      """
      {"name": "N", "feature": "f", "unit_primitive": "u", "output": "o", "ceiling": 9, "prefill": true,
       "inputs": {"x": {"type": "string", "about": "an x"}}, "required": ["x"]}
      """;

  @Test
  void givenMessages_whenParsed_thenOneLineBreakAtEachEndIsDropped() throws Exception {
    Prompt prompt =
        PromptFile.parse(PATH, HEADER + "--- system\nS\n\n--- user\n {{x}}\n--- assistant\nA\n")
            .compile();

    assertThat(Prompts.render(prompt, JsonObject.of(Map.of("x", "1\n"))))
        .containsExactly(Message.system("S\n"), Message.user(" 1\n"), Message.assistant("A"));
    assertThat(prompt.name()).isEqualTo("N");
    assertThat(prompt.timeoutSeconds()).isNull();
    assertThat(prompt.output()).isEqualTo("o");
  }

  @Test
  void givenARequiredInputIsAbsent_whenRendered_thenTheMessageHasTheKnownForm() {
    Prompt prompt = PromptFile.parse(PATH, HEADER + "--- user\n{{x}}\n").compile();

    assertThatThrownBy(() -> Prompts.render(prompt, JsonObject.of(Map.of("y", "1"))))
        .isInstanceOf(MissingInputException.class)
        .hasMessage("\"Input to ChatPromptTemplate is missing variables {'x'}\"");
  }

  @Test
  void givenANullInput_whenRendered_thenItIsPresentAndEmpty() throws Exception {
    Prompt prompt = PromptFile.parse(PATH, HEADER + "--- user\n<{{x}}>\n").compile();

    assertThat(Prompts.render(prompt, JsonObject.builder().put("x", null).build()))
        .containsExactly(Message.user("<>"));
  }

  @Test
  void givenAFileLikeAnother_whenPutOnIt_thenOnlyWhatItSaysDiffers() {
    PromptFile base = PromptFile.parse(PATH, HEADER + "--- user\n{{x}}\n");
    PromptFile variant =
        PromptFile.parse(PATH, "{\"like\": \"base/1.0.0\", \"why\": \"w\", \"max_tokens\": 7}");

    Prompt prompt = variant.on(base).compile();

    assertThat(prompt.name()).isEqualTo("N");
    assertThat(prompt.sampling().maxTokens()).isEqualTo(7);
    assertThat(prompt.sections()).hasSize(1);
  }

  @Test
  void givenASystemEnding_whenPutOnAnother_thenItIsTheSystemMessagesLastLine() throws Exception {
    PromptFile base = PromptFile.parse(PATH, HEADER + "--- system\nS\n--- user\n{{x}}\n");
    PromptFile variant = PromptFile.parse(PATH, "{\"system_ending\": \"E\"}");

    assertThat(Prompts.render(variant.on(base).compile(), JsonObject.of(Map.of("x", "1"))))
        .containsExactly(Message.system("S\nE"), Message.user("1"));
  }

  @Test
  void givenAnExampleOnItsOwnLine_whenRendered_thenTheLinesAroundItStayTheirOwn() throws Exception {
    Prompt prompt =
        PromptFile.parse(
                PATH,
                HEADER
                    + "--- example\nA {{x}}\nB\n--- example short\nC\n"
                    + "--- user\n{{x}}:\n{{>example}}\n\n{{>example short}}\nend\n")
            .compile();

    assertThat(Prompts.render(prompt, JsonObject.of(Map.of("x", "1"))))
        .containsExactly(Message.user("1:\nA 1\nB\n\nC\nend"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`{`; the header is not acceptable JSON",
        "`[]`; the header is no JSON object",
        "`{}`; there is no message",
        "`{}|--- user|x`; inputs is missing",
        "`{'inputs':{}}|--- user|x`; name is missing",
        "`{'inputs':{},'nmae':1}|--- user|x`; unknown member nmae",
        "`{'inputs':{},'required':['y']}|--- user|x`; a required input is not declared",
        "`{'inputs':{'y':1}}|--- user|x`; input y is missing or of another type",
        "`{'inputs':{'y':{'type':'odd','about':'a'}}}|--- user|x`; No enum constant",
        "`{'inputs':{},'required':[1]}|--- user|x`; required holds something else",
        "`{'inputs':{},'name':' '}|--- user|x`; name is empty",
        "`{'inputs':{},'name':'n','feature':'f','unit_primitive':'u','output':'o','ceiling':9}|---"
            + " user|{{#x}}`; missing close tag"
      })
  void givenAMalformedFile_whenCompiled_thenTheProblemIsNamed(String text, String problem) {
    String file = text.replace('|', '\n').replace('\'', '"');

    assertThatThrownBy(() -> PromptFile.parse(PATH, file).compile())
        .isInstanceOf(MalformedPromptException.class)
        .hasMessageStartingWith("prompt a/b/base/1.0.0.prompt: ")
        .message()
        .containsIgnoringCase(problem);
  }

  @ParameterizedTest
  @CsvSource({"a/base/1.0.0.txt", "base/1.0.0.prompt", "1.0.0.prompt", "''"})
  void givenAPathOfAnotherForm_whenParsed_thenItFails(String path) {
    assertThatThrownBy(() -> PromptPath.parse(path)).isInstanceOf(MalformedPromptException.class);
  }
}
