package io.sluice.configcli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.row.RowKey;
import io.sluice.config.store.YamlRows;
import org.junit.jupiter.api.Test;

/** A file of rows, edited a document at a time. */
class RowTextTest {

  private static final String TEXT =
      """
      # the models
      kind: model
      name: m   # ours
      ---
      kind: feature
      name: duo_chat
      ---
      # last
      kind: [broken
      """;

  @Test
  void givenNoEdit_whenWritten_thenEachByteIsTheSame() {
    for (String text : new String[] {TEXT, "---\n" + TEXT, "", "\n", TEXT.strip()}) {
      assertThat(RowText.of(text)).hasToString(text);
    }
  }

  @Test
  void givenARow_whenReplaced_thenTheOthersStayAsTheyWere() {
    String edited =
        RowText.of(TEXT)
            .put(
                YamlRows.parse("{kind: feature, name: duo_chat, enabled: false}").rows().getFirst())
            .toString();
    assertThat(edited)
        .isEqualTo(TEXT.replace("name: duo_chat\n", "name: duo_chat\nenabled: false\n"));
  }

  @Test
  void givenANewRow_whenPut_thenItIsTheLast() {
    String edited =
        RowText.of(TEXT.strip())
            .put(YamlRows.parse("{kind: feature, name: code_completions}").rows().getFirst())
            .toString();
    assertThat(edited).isEqualTo(TEXT + "---\nkind: feature\nname: code_completions\n");
    assertThat(RowText.of("").put(YamlRows.parse("{kind: a, name: b}").rows().getFirst()))
        .hasToString("kind: a\nname: b\n");
  }

  @Test
  void givenARow_whenDeleted_thenTheOthersStay() {
    String edited = RowText.of(TEXT).delete(new RowKey("model", "m")).toString();
    assertThat(YamlRows.parse(edited).rows()).hasSize(1);
    assertThat(edited).contains("# last");
  }
}
