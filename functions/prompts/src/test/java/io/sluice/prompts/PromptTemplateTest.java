package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.MustacheException;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{x}}",
        "{{{x}}}",
        "{{> ../index}}",
        "{{#x}}y{{/x}}",
        "{{=<% %>=}}",
        "{% include 'a' %}",
        "${x}",
        "#{7*7}",
        "{{class.name}}",
        "<a href=\"&amp;\">'\\n`",
        "\u0000\u2028\uD83D\uDE00",
        "$1\\1"
      })
  void givenTemplateSyntaxInAValue_whenRendered_thenItStaysLiteral(String value) {
    PromptTemplate template = new PromptTemplate("<{{x}}>{{#list}}({{.}}){{/list}}", Map.of());

    JsonObject inputs = JsonObject.of(Map.of("x", value, "list", java.util.List.of(value)));

    assertThat(template.render(inputs)).isEqualTo("<" + value + ">(" + value + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "null; ''",
        "\"\"; ''",
        "5; 5",
        "1.50; 1.50",
        "true; true",
        "false; false",
        "[1,\"a\"]; [1,\"a\"]",
        "{\"a\":[null]}; {\"a\":[null]}"
      })
  void givenAValueOfAnyType_whenRendered_thenItIsText(String json, String want)
      throws JsonSyntaxException {
    assertThat(new PromptTemplate("{{x}}", Map.of()).render(inputs("{\"x\":" + json + "}")))
        .isEqualTo(want);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; no",
        "{\"x\":null}; no",
        "{\"x\":\"\"}; no",
        "{\"x\":[]}; no",
        "{\"x\":false}; no",
        "{\"x\":true}; yes",
        "{\"x\":\"a\"}; yes",
        "{\"x\":0}; yes",
        "{\"x\":{}}; yes",
        "{\"x\":[1,2]}; yesyes"
      })
  void givenAnEmptyValue_whenItsSectionIsRendered_thenTheSectionIsLeftOut(String json, String want)
      throws JsonSyntaxException {
    PromptTemplate template = new PromptTemplate("{{#x}}yes{{/x}}{{^x}}no{{/x}}", Map.of());

    assertThat(template.render(inputs(json))).isEqualTo(want);
  }

  @Test
  void givenAListOfObjects_whenRendered_thenMembersAreFoundAndJavaIsNot()
      throws JsonSyntaxException {
    PromptTemplate template =
        new PromptTemplate(
            "{{#l}}{{a}}|{{b}}|{{class}}{{size}}{{length}}{{toString}};{{/l}}", Map.of());

    assertThat(
            template.render(inputs("{\"b\":\"B\",\"l\":[{\"a\":1},{\"a\":2,\"b\":3},\"text\"]}")))
        .isEqualTo("1|B|;2|3|;|B|;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{#x}}", "{{/x}}", "{{> other}}"})
  void givenABrokenTemplate_whenCompiled_thenItFails(String text) {
    assertThatThrownBy(() -> new PromptTemplate(text, Map.of()).render(JsonObject.EMPTY))
        .isInstanceOf(MustacheException.class);
  }

  private static JsonObject inputs(String json) throws JsonSyntaxException {
    return (JsonObject) Json.read(json);
  }
}
