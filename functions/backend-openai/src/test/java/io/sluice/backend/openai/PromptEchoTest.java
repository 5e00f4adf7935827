package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptEchoTest {

  private static final String CODE =
      "def total(items):\n\treturn \"sum: \" + sum(items) # C:\\new\\box";

  private static String masked(String text, String prompt) {
    return PromptEcho.masked(text, new ModelCall.Completion(prompt));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CODE,
        "def total(items):\\n\\treturn \\\"sum: \\\" + sum(items) # C:\\\\new\\\\box",
        "def total(items):\\\\n"
            + "\\\\treturn \\\\\\\"sum: \\\\\\\" + sum(items) # C:\\\\\\\\n"
            + "ew\\\\\\\\box",
        "def total(items):\\u000a\\u0009return \\u0022sum: \\u0022 + sum(items) #"
            + " C:\\u005cnew\\\\box",
        "def total(items): return \"sum: \" + sum(items) # C:\\new\\box",
        "DEF TOTAL(ITEMS):\r\n\tRETURN \"SUM: \" + SUM(ITEMS) # C:\\new\\box"
      })
  void givenAQuoteInOneOfItsSpellings_whenMasked_thenOnlyTheServersWordsStay(String spelling) {
    assertThat(masked("Bad: <" + spelling + "> !", CODE))
        .startsWith("Bad: <[prompt]")
        .endsWith("> !")
        .doesNotContainIgnoringCase("total", "return", "items", "sum");
  }

  @Test
  void givenAPartOfThePrompt_whenMasked_thenThatPart() {
    assertThat(masked("near 'tal(items' or 'rn \"sum: ': bad", CODE))
        .isEqualTo("near '[prompt]' or '[prompt]': bad");
  }

  @Test
  void givenRunsThatOverlap_whenMasked_thenOneMask() {
    assertThat(masked("abcdefghijklmnop", "abcdefghij | ghijklmnop")).isEqualTo("[prompt]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7 chars", "items: sum", "The model is overloaded, try again later."})
  void givenWordsOfTheServer_whenMasked_thenTheyStay(String text) {
    assertThat(masked(text, CODE + " 7 chars")).isEqualTo(text);
  }

  @Test
  void givenNoPrompt_whenMasked_thenNothingIs() {
    assertThat(masked("The model is overloaded.", "")).isEqualTo("The model is overloaded.");
  }

  @Test
  void givenOtherScripts_whenMasked_thenWholeCharacters() {
    assertThat(masked("Fehler: «größe überprüfen» 数", "größe überprüfen"))
        .isEqualTo("Fehler: «[prompt]» 数");
    assertThat(masked("x \\u6570\\u636e\\u5e93\\u67e5\\u8be2\\u8bed\\u53e5\\u9519 y", "数据库查询语句错"))
        .isEqualTo("x [prompt] y");
    assertThat(masked("1234567\ud83d\ude00 y", "1234567\ud83d\ude01")).isEqualTo("[prompt] y");
    assertThat(masked("\ud83c\ude00abcdefgh", "\ud83d\ude00abcdefgh")).isEqualTo("[prompt]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "\\\\", "\\u", "\\u12", "\\uzzzz", "\\q", "\\ \\"})
  void givenABrokenEscape_whenMasked_thenItIsText(String escape) {
    assertThat(masked("no: " + escape + " x", "12345678")).isEqualTo("no: " + escape + " x");
    assertThat(masked("no: 1234567" + escape, "1234567" + escape)).isEqualTo("no: [prompt]");
  }

  @Test
  void givenEachKindOfInput_whenMasked_thenAllOfItsTexts() {
    String text = "no: first-text second-text";
    List<String> texts = List.of("", "first-text", "second-text");
    assertThat(PromptEcho.masked(text, new ModelCall.Embedding(texts, null)))
        .isEqualTo("no: [prompt] [prompt]");
    assertThat(
            PromptEcho.masked(
                text,
                new ModelCall.Chat(
                    List.of(Message.system("first-text"), Message.user("second-text")))))
        .isEqualTo("no: [prompt] [prompt]");
  }

  @Test
  void givenThePromptsOwnEnd_whenMasked_thenTextsAreNotJoined() {
    assertThat(
            PromptEcho.masked("abcdefgh", new ModelCall.Embedding(List.of("abcd", "efgh"), null)))
        .isEqualTo("abcdefgh");
  }

  @Test
  void givenAKeyInAQuote_whenRedacted_thenNothingOfEitherIsLeft() {
    String text = "cannot parse: the-prompt sk-abcdefgh1234 the-key-itself " + "y ".repeat(400);
    assertThat(
            Redaction.of(
                text,
                new Secret("the-key-itself"),
                new ModelCall.Completion("the-prompt abcdefgh")))
        .startsWith("cannot parse: [prompt][redacted] [redacted] y")
        .hasSize(300);
  }

  @Test
  void givenALongPromptAndALongText_whenRedacted_thenEachRunIsFound() {
    StringBuilder prompt = new StringBuilder();
    for (int i = 0; prompt.length() < 5 << 20; i++) {
      prompt.append("line ").append(i).append('\n');
    }
    prompt.append("the-very-end");
    String text = "no: the-very-end" + "\\".repeat(100_000);
    assertThat(Redaction.of(text, null, new ModelCall.Completion(prompt.toString())))
        .startsWith("no:[prompt]\\");
  }
}
