package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions about GitLab itself: search, answer, and the links below it. */
@ExtendWith(SharedDuo.class)
class DocumentationTest {

  private final Duo duo;

  DocumentationTest(Duo duo) {
    this.duo = duo;
  }

  @Test
  void givenAQuestion_whenSearched_thenPassagesCanBeLinked() throws Exception {
    assertThat(new DocumentationSearch(duo.gitLab()).search("How do I fork a project?"))
        .first()
        .satisfies(
            passage -> {
              assertThat(passage.text("id", "")).matches("[0-9a-z]+");
              assertThat(passage.text("content")).contains("select Fork");
            });
  }

  @Test
  void givenWordsThatAreNotThere_whenSearched_thenTheListIsEmpty() throws Exception {
    assertThat(new DocumentationSearch(duo.gitLab()).search("zyzzyva?")).isEmpty();
  }

  @Test
  void givenAQuestion_whenAskedInTheChat_thenItsAnswerComesFromThePassage() throws Exception {
    duo.says(
        "Thought: Docs.\nAction: gitlab_documentation\nAction Input: fork project",
        "Select **Fork**.\n\nATTRS:",
        "Thought: I know.\nFinal Answer: Select **Fork**.");
    GitLab gitLab = duo.gitLab();
    ChatAnswer answer =
        new DuoChat(gitLab, new ChatTools(gitLab, Map.of()))
            .ask(ChatQuestion.of("How do I fork a project?"));
    assertThat(answer.text()).isEqualTo("Select **Fork**.");
    assertThat(answer.steps())
        .extracting(ChatStep::observation)
        .containsExactly("Select **Fork**.");
  }

  @Test
  void givenNoScope_whenSearched_thenRefused() {
    DocumentationSearch search = new DocumentationSearch(duo.gitLab(List.of("duo_chat")));
    assertThatThrownBy(() -> search.search("fork"))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.status()).isEqualTo(403));
  }

  @Test
  void givenDocuments_whenAnswered_thenOnlyThoseThatWereGivenAreLinked() throws Exception {
    duo.says("Select **Fork**.\n\nATTRS:\nCNT-IDX-1f0a\nCNT-IDX-beef");
    JsonObject metadata =
        JsonObject.builder().put("filename", "user/forks.md").put("title", "Forks").build();
    JsonObject document =
        JsonObject.builder()
            .put("id", "1f0a")
            .put("content", "To fork a project, select Fork.")
            .put("metadata", metadata)
            .build();
    DocumentationAnswer answer =
        DocumentationAnswer.ask(duo.gitLab(), "How do I fork?", List.of(document));
    assertThat(answer.text()).isEqualTo("Select **Fork**.");
    assertThat(answer.sources()).containsExactly("user/forks.md");
    assertThat(duo.lastPrompt()).contains("To fork a project");
  }
}
