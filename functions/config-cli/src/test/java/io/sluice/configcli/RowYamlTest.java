package io.sluice.configcli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.store.YamlRows;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows written as YAML. */
class RowYamlTest {

  @Test
  void givenARow_whenWritten_thenItReadsAsAnAdministratorWouldWriteIt() {
    RowDocument row =
        YamlRows.parse(
                "{targets: [{model: m, weight: 90}], name: duo_chat, kind: feature, sampling:"
                    + " {temperature: 0.1}, timeout: {idle: 8s}}")
            .rows()
            .getFirst();
    assertThat(RowYaml.text(row))
        .isEqualTo(
            """
            kind: feature
            name: duo_chat
            sampling: {temperature: 0.1}
            targets: [{model: m, weight: 90}]
            timeout: {idle: "8s"}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "1e5",
        "true",
        "No",
        "null",
        "~",
        "2026-12-31",
        "8s",
        "a: b",
        "# no",
        "- x",
        "---",
        "a\n---\nb\n",
        "line\nline\n",
        "line\n\nline\n",
        " indented\n",
        "line\n  deeper\n",
        "end \n",
        "tab\there",
        "\ttab first\n",
        "two\n\n",
        "no end\nhere",
        "quote \" and ' and \\",
        "ümlaut",
        "\u0085\u2028\u2029",
        "\ufeffbom\n",
        "\ud83d\ude00 smile",
        "\u007f\u0000",
        "{{diff}}",
        "{{diff}}\n{{/x}}\n",
        "|",
        ">",
        "%",
        "@",
        "`",
        "*a",
        "&a",
        "!t",
        "? x",
        "\r\n",
        "a\rb\n"
      })
  void givenAnyText_whenWrittenAndRead_thenItIsTheSame(String text) {
    RowDocument row =
        new RowDocument(
            new RowKey("prompt", "p"),
            JsonObject.builder()
                .put("kind", "prompt")
                .put("name", "p")
                .put("template", text)
                .put("nested", JsonObject.builder().put("a b", List.of(text, text)).build())
                .put("more", new JsonObject(Map.of(text, JsonValue.of(true))))
                .build());
    RowBatch read = YamlRows.parse("---\n" + RowYaml.text(row) + "---\n" + RowYaml.text(row));
    assertThat(read.unreadable()).as(RowYaml.text(row)).isEmpty();
    assertThat(read.rows()).containsExactly(row, row);
  }
}
