package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.prompts.output.OutputContract;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules for prompts, checked on every file. */
class PromptLintTest {

  private static final String CHAT = "chat/react";

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z]+|\\d+|[^\\sA-Za-z0-9]+|\\n+");

  static Stream<Prompt> prompts() {
    return new PromptRegistry().all().stream();
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void givenAPrompt_whenItsTemplateIsRead_thenItUsesExactlyTheDeclaredInputs(Prompt prompt) {
    Set<String> used = new TreeSet<>();
    prompt.sections().forEach(section -> used.addAll(section.template().names()));
    used.removeAll(Set.of(".", "-first", "-last", PromptTemplate.TAG));

    Set<String> declared = new TreeSet<>(prompt.inputs().keySet());
    prompt.inputs().values().forEach(input -> declared.addAll(input.fields()));

    assertThat(used).isEqualTo(declared);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void givenAPrompt_whenOurOwnWordsAreCounted_thenTheyStayUnderTheCeiling(Prompt prompt)
      throws MissingInputException {
    int tokens =
        Prompts.render(prompt, inputs(prompt, "")).stream()
            .mapToInt(message -> wordsAndMarks(message.content().replace("_" + Prompts.TAG, "")))
            .sum();

    assertThat(tokens).isLessThanOrEqualTo(prompt.ceiling());
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void givenTwoRequests_whenRendered_thenTheFirstMessageStartsWithTheSameWords(Prompt prompt)
      throws MissingInputException {
    List<Message> one = Prompts.render(prompt, inputs(prompt, "one"));
    List<Message> two = Prompts.render(prompt, inputs(prompt, "two"));

    if (one.size() == 1) {
      return; // control tokens only: there are no words
    }
    String first = one.getFirst().content();
    String second = two.getFirst().content();
    int common = 0;
    while (common < first.length()
        && common < second.length()
        && first.charAt(common) == second.charAt(common)) {
      common++;
    }
    if (prompt.id().equals(CHAT)) {
      assertThat(first.substring(0, common))
          .endsWith("\nTools, each with an example:\n- "); // callers' own, to the end
    } else {
      assertThat(first.substring(common)).doesNotContain("\n"); // the language ends one
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void givenAPrompt_whenRendered_thenEachInputIsGivenOnce(Prompt prompt)
      throws MissingInputException {
    String text =
        String.join(
            "\n",
            Prompts.render(prompt, inputs(prompt, "zq")).stream().map(Message::content).toList());

    for (String name : prompt.inputs().keySet()) {
      boolean unused = name.equals("begun") && !prompt.continues(true);
      if (!unused && !name.equals("prefix")) { // gives way to the trimmed text
        assertThat(text).as(name).containsOnlyOnce("zq-" + name + ";");
      }
    }
  }

  @Test
  void givenChatWithEveryTool_whenOurOwnWordsAreCounted_thenTheyAre1800AtMost() throws Exception {
    Prompt chat =
        new PromptRegistry().find(CHAT, ModelFamily.GENERAL, PromptRegistry.DEFAULT_CONSTRAINT);
    List<String> tools = Objects.requireNonNull(chat.inputs().get("tools")).fields();
    JsonObject inputs =
        JsonObject.builder()
            .put("tools", tools.stream().map(tool -> Map.of(tool, tool)).toList())
            .build();

    int tokens =
        Prompts.render(chat, inputs).stream()
            .mapToInt(message -> wordsAndMarks(message.content()))
            .sum();

    assertThat(tools).hasSize(7);
    assertThat(tokens).isLessThanOrEqualTo(1800);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void givenAPrompt_whenItsExamplesAreJudged_thenItsContractKeepsThem(Prompt prompt) {
    prompt
        .examples()
        .forEach(
            (name, example) ->
                assertThat(prompt.contract().judge(example, prompt.exampleInputs()))
                    .as(name)
                    .isEqualTo(new OutputContract.Kept(example)));

    if (prompt.contract().gathers()) {
      assertThat(prompt.examples()).as("a complete answer").isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void givenAPrompt_whenItsFirstMessageIsRead_thenNothingRandomIsInIt(Prompt prompt) {
    if (prompt.sections().size() > 1) {
      assertThat(prompt.sections().getFirst().template().names())
          .doesNotContain(PromptTemplate.TAG);
    }
  }

  @Test
  void givenEveryFamily_whenEachIdIsAsked_thenThereIsAPrompt() throws PromptNotFoundException {
    PromptRegistry registry = new PromptRegistry();
    for (String id : prompts().map(Prompt::id).distinct().toList()) {
      for (String family : ModelFamily.chatNames()) {
        ModelFamily known = ModelFamily.named(family).orElseThrow();
        assertThat(registry.find(id, known, PromptRegistry.DEFAULT_CONSTRAINT).id()).isEqualTo(id);
      }
    }
  }

  /**
   * English words, numbers, runs of marks and line breaks: about what a vocabulary makes of them.
   */
  private static int wordsAndMarks(String text) {
    return (int) TOKEN.matcher(text).results().count();
  }

  private static JsonObject inputs(Prompt prompt, String mark) {
    JsonObject.Builder inputs = JsonObject.builder();
    prompt
        .inputs()
        .forEach(
            (name, input) -> {
              String value = mark.isEmpty() ? "" : mark + "-" + name + ";";
              switch (input.type()) {
                case STRING -> inputs.put(name, value);
                case LIST ->
                    inputs.put(name, mark.isEmpty() ? JsonArray.EMPTY : list(input, value));
              }
            });
    return inputs.build();
  }

  private static JsonArray list(PromptInput input, String value) {
    return input.fields().isEmpty()
        ? JsonArray.of(List.of(value))
        : JsonArray.of(List.of(Map.of(input.fields().getFirst(), value)));
  }
}
