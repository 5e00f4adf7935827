package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gitlab.ResourceReader.Resource;
import io.sluice.testing.ModelAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chat's tools: GitLab reads what an item is, fetches it, and asks for the next step. */
@ExtendWith(SharedDuo.class)
class ToolsTest {

  private static final String ISSUE_42 =
      "```json\n{\n  \"ResourceIdentifierType\": \"iid\",\n  \"ResourceIdentifier\": 42\n}\n```";

  private final Duo duo;

  ToolsTest(Duo duo) {
    this.duo = duo;
  }

  @Test
  void givenAnIssue_whenAskedAbout_thenTheChatReadsItAndAnswers() throws Exception {
    duo.says(
        "Thought: I need it.\nAction: issue_reader\nAction Input: what is #42 about",
        ISSUE_42,
        "Thought: I know.\nFinal Answer: A failing login.");
    GitLab gitLab = duo.gitLab("mistral");
    ChatTools tools = new ChatTools(gitLab, Map.of("issue_reader iid 42", "Title: Login fails"));
    ChatAnswer answer = new DuoChat(gitLab, tools).ask(ChatQuestion.of("What is #42 about?"));
    assertThat(answer.text()).isEqualTo("A failing login.");
    assertThat(answer.steps())
        .containsExactly(
            new ChatStep("I need it.", "issue_reader", "what is #42 about", "Title: Login fails"));
    assertThat(duo.lastPrompt()).contains("Title: Login fails");
  }

  @Test
  void givenAModelThatOnlyActs_whenAsked_thenA1006AfterTenSteps() {
    duo.does(
        (call, connection) ->
            ModelAnswer.text(
                    call.body().toString().contains("ResourceIdentifierType")
                        ? ISSUE_42
                        : "Action: issue_reader\nAction Input: #42")
                .answer(call, connection));
    GitLab gitLab = duo.gitLab();
    DuoChat chat = new DuoChat(gitLab, new ChatTools(gitLab, Map.of()));
    assertThatThrownBy(() -> chat.ask(ChatQuestion.of("What is #42 about?")))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.code()).isEqualTo("A1006"));
  }

  @ParameterizedTest
  @CsvSource({
    "issue_reader, iid, 42",
    "epic_reader, iid, 9",
    "merge_request_reader, url, https://gitlab.example.com/a/b/-/merge_requests/15",
    "commit_reader, url, https://gitlab.example.com/a/b/-/commit/1a2b3c4d",
    "build_reader, id, 9876",
    "work_item_reader, url, https://gitlab.example.com/groups/a/-/work_items/31"
  })
  void givenAReader_whenTheModelAnswersInItsForm_thenGitLabReadsTheItem(
      String reader, String type, String identifier) throws Exception {
    duo.says(
        "```json\n{\"ResourceIdentifierType\": \"%s\", \"ResourceIdentifier\": \"%s\"}\n```"
            .formatted(type, identifier));
    assertThat(new ResourceReader(duo.gitLab("gpt"), reader).identify("The one " + identifier))
        .isEqualTo(new Resource(type, identifier));
  }

  @Test
  void givenAModelThatChatters_whenAskedForAnItem_thenGitLabStillReadsIt() throws Exception {
    duo.says("Sure! Here it is:\n" + ISSUE_42 + "\nLet me know if you need more.");
    assertThat(new ResourceReader(duo.gitLab(), "issue_reader").identify("What is #42 about?"))
        .isEqualTo(new Resource("iid", "42"));
  }

  @Test
  void givenAModelThatNeverAnswersInForm_whenAskedForAnItem_thenM4001AfterThreeTries() {
    duo.says("It is the issue about the login.");
    int before = duo.gitLab().wire().calls().size();
    assertThatThrownBy(
            () -> new ResourceReader(duo.gitLab(), "issue_reader").identify("What is #42 about?"))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.code()).isEqualTo("M4001"));
    assertThat(duo.gitLab().wire().calls()).hasSize(before + 3);
  }

  @Test
  void givenNoScope_whenAReaderAsks_thenM4001() {
    GitLab gitLab = duo.gitLab(List.of("duo_classic_chat"));
    assertThatThrownBy(() -> new ResourceReader(gitLab, "issue_reader").identify("#42"))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.status()).isEqualTo(403));
  }
}
