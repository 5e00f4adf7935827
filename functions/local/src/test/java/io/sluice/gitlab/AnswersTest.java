package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The answers that Rails takes apart, from a model's text to what a user sees. */
@ExtendWith(SharedDuo.class)
class AnswersTest {

  private static final String DIFF =
      """
      <file_diff filename="app/cart.py">
      <chunk_header>@@ -1,2 +1,2 @@</chunk_header>
      <line type="context" old_line="1" new_line="1">def average(items):</line>
      <line type="deleted" old_line="2" new_line="">    return total / len(items) if items else 0</line>
      <line type="added" old_line="" new_line="2">    return total / len(items)</line>
      </file_diff>
      """;

  private static final String COMMENT =
      """
      <comment file="app/cart.py" old_line="" new_line="2">
      An empty cart raises `ZeroDivisionError`.
      <from>
          return total / len(items)
      </from>
      <to>
          return total / len(items) if items else 0
      </to>
      </comment>
      """;

  private static final String SOURCE =
      "def find(db, name):\n    return db.execute(\"SELECT '\" + name + \"'\")\n";

  private final Duo duo;

  AnswersTest(Duo duo) {
    this.duo = duo;
  }

  private String ask(String prompt, Map<String, ?> inputs) throws Exception {
    return new OneShot(duo.gitLab("mistral"), "v1").complete(prompt, JsonObject.of(inputs));
  }

  private ReviewAnswer review() throws Exception {
    return ReviewAnswer.read(
        ask(
            "review_merge_request",
            Map.of(
                "mr_title", "Shorten average",
                "mr_description", "",
                "diff_lines", DIFF,
                "full_file_intro", "",
                "full_content_section", "",
                "custom_instructions_section", "")));
  }

  private ResolutionAnswer resolution() throws Exception {
    return ResolutionAnswer.read(
        ask(
            "resolve_vulnerability",
            Map.of(
                "name", "SQL Injection",
                "filename", "app/users.py",
                "identifiers", "CWE-89",
                "vulnerable_code", "    return db.execute(\"SELECT '\" + name + \"'\")",
                "source_code", SOURCE,
                "vulnerability_description", "Input goes into SQL.")));
  }

  @Test
  void givenAReview_whenRead_thenItsCommentsAndSuggestions() throws Exception {
    duo.says("I looked at it.\n<review>\n" + COMMENT + "</review>");
    assertThat(review().comments())
        .singleElement()
        .satisfies(
            comment -> {
              assertThat(comment.file()).isEqualTo("app/cart.py");
              assertThat(comment.newLine()).isEqualTo("2");
              assertThat(comment.from()).isEqualTo("    return total / len(items)\n");
              assertThat(comment.to()).contains("if items else 0");
            });
  }

  @Test
  void givenCommentsOnFilesThatAreNotThere_whenRead_thenNoneOfThem() throws Exception {
    duo.says(
        "<review>\n<comment file=\"/etc/passwd\" old_line=\"\" new_line=\"1\">\nHm.\n</comment>\n"
            + COMMENT
            + "</review>");
    assertThat(review().comments())
        .extracting(ReviewAnswer.Comment::file)
        .containsExactly("app/cart.py");
  }

  @Test
  void givenNoReview_whenAskedAgain_thenTheSecondAnswerCounts() throws Exception {
    duo.says("Looks good to me!", "<review>\n</review>");
    assertThat(review().comments()).isEmpty();
    assertThat(duo.lastPrompt()).contains("Looks good to me!", "can't be used");
  }

  @Test
  void givenNeverAReview_whenRead_thenTheUserReadsAnError() {
    duo.says("Looks good to me!");
    assertThatThrownBy(this::review)
        .isInstanceOfSatisfying(
            DuoException.class, e -> assertThat(e.code()).isEqualTo("error during review"));
  }

  @Test
  void givenAResolution_whenRead_thenItChangesTheSource() throws Exception {
    duo.says(
        """
        <analysis>
        The name becomes part of the query.
        </analysis>
        <is_false_positive>
        false
        </is_false_positive>
        <fixed_code>
        <old_code>
            return db.execute("SELECT '" + name + "'")
        </old_code>
        <new_code>
            return db.execute("SELECT ?", (name,))
        </new_code>
        </fixed_code>
        <summary>
        Pass the name as a parameter.
        </summary>
        """);
    ResolutionAnswer answer = resolution();
    assertThat(answer.falsePositive()).isFalse();
    assertThat(answer.summary()).contains("parameter");
    assertThat(answer.applied(SOURCE))
        .isEqualTo("def find(db, name):\n    return db.execute(\"SELECT ?\", (name,))\n");
  }

  @Test
  void givenAFalsePositive_whenRead_thenNothingChanges() throws Exception {
    duo.says(
        "<analysis>\nA constant.\n</analysis>\n<is_false_positive>\ntrue\n</is_false_positive>\n"
            + "<fixed_code>\n</fixed_code>\n<summary>\nNothing.\n</summary>");
    assertThat(resolution().falsePositive()).isTrue();
  }

  @Test
  void givenJsonInAFence_whenRead_thenItIsBare() throws Exception {
    duo.says("```json\n{\"rating\": 2, \"issues\": [\"insults the author\"]}\n```");
    JsonObject read =
        JsonAnswers.temperature(
            ask("measure_comment_temperature", Map.of("content", "This is garbage.")));
    assertThat(read.number("rating")).isEqualTo(2);
  }

  @Test
  void givenACategory_whenRead_thenItIsThere() throws Exception {
    duo.says(
        "{\"category\": \"ci_cd\", \"detailed_category\": \"failed_jobs\", \"labels\":"
            + " [\"error\"], \"language\": \"en\"}");
    Map<String, Object> inputs = new HashMap<>(Map.of("question", "Why did my job fail?"));
    inputs.put("previous_answer", JsonNull.NULL);
    assertThat(JsonAnswers.category(ask("categorize_question", inputs)).text("language"))
        .isEqualTo("en");
  }

  @Test
  void givenIdsBetweenWords_whenRead_thenTheArrayAlone() throws Exception {
    duo.says("These fit: [\"code_owners\"]");
    assertThat(
            JsonAnswers.ids(
                ask(
                    "feature_discovery_search",
                    Map.of(
                        "catalog",
                        "[{\"id\":\"code_owners\",\"description\":\"Who must approve\"}]",
                        "query",
                        "who approves"))))
        .hasSize(1);
  }

  @Test
  void givenASlashCommand_whenAnswered_thenItsTextIsTheAnswer() throws Exception {
    duo.says("It counts to three.");
    JsonObject inputs =
        JsonObject.of(
            Map.of(
                "input", "",
                "selected_text", "1.upto(3)",
                "file_content", "",
                "language_info", "Ruby"));
    assertThat(new SlashCommand(duo.gitLab()).run("explain_code", inputs)).startsWith("It counts");
    GitLab forbidden = duo.gitLab(List.of("duo_chat"));
    assertThatThrownBy(() -> new SlashCommand(forbidden).run("explain_code", inputs))
        .isInstanceOfSatisfying(
            DuoException.class,
            e -> {
              assertThat(e.code()).isEqualTo("M4000");
              assertThat(e.status()).isEqualTo(403);
            });
  }
}
