package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sluice.core.json.JsonObject;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Duo Chat as its user sees it: the loop that GitLab runs, and the codes of what goes wrong. */
@ExtendWith(SharedDuo.class)
class ChatTest {

  private static final Map<String, String> ITEMS =
      Map.of(
          "issue_reader iid 42", "Title: Login fails\nState: opened",
          "issue_reader current", "Title: Slow search");

  private static final String READ_ISSUE =
      "I need the issue.\nAction: issue_reader\nAction Input: what is #42 about";

  private final Duo duo;

  ChatTest(Duo duo) {
    this.duo = duo;
  }

  private static DuoChat chat(GitLab gitLab) {
    return new DuoChat(gitLab, new ChatTools(gitLab, ITEMS));
  }

  private static DuoException failure(DuoChat chat) {
    List<DuoException> thrown = new ArrayList<>();
    assertThatThrownBy(() -> chat.ask(ChatQuestion.of("What is #42 about?")))
        .asInstanceOf(type(DuoException.class))
        .satisfies(thrown::add);
    return thrown.getFirst();
  }

  @Test
  void givenAnAnswer_whenStreamed_thenItsPiecesMakeItUp() throws Exception {
    duo.does(ModelAnswer.text("Thought: easy.\nFinal ", "Answer: Use `git", " reset`."));
    ChatAnswer answer = chat(duo.gitLab("mistral")).ask(ChatQuestion.of("How do I undo?"));
    assertThat(answer.text()).isEqualTo("Use `git reset`.");
    assertThat(answer.steps()).isEmpty();
  }

  @Test
  void givenBracesAndLineBreaks_whenStreamed_thenRailsGreedyPatternReadsEveryEvent()
      throws Exception {
    String code = "```java\nvoid f() { if (x) { y(); } }\n```\n{\"type\": \"error\"}\né";
    duo.does(ModelAnswer.text("Final Answer: ", code, " {", "}"));
    assertThat(chat(duo.gitLab()).ask(ChatQuestion.of("Show me.")).text()).isEqualTo(code + " {}");
  }

  @Test
  void givenSurroundings_whenAsked_thenTheModelSeesThem() throws Exception {
    duo.says("Final Answer: It prints 1.");
    ChatQuestion question =
        new ChatQuestion(
            "What does it do?",
            JsonObject.of(Map.of("type", "issue", "title", "Odd output")),
            JsonObject.of(Map.of("file_path", "a.rb", "data", "puts 1", "selected_code", true)),
            List.of(JsonObject.of(Map.of("category", "file", "id", "b.rb", "content", "puts 2"))));
    assertThat(chat(duo.gitLab()).ask(question).text()).isEqualTo("It prints 1.");
    assertThat(duo.lastPrompt()).contains("Odd output", "puts 1", "puts 2");
  }

  @Test
  void givenTextWithoutAForm_whenStreamed_thenItIsTheAnswer() throws Exception {
    duo.says("Undo it with git reset.");
    assertThat(chat(duo.gitLab()).ask(ChatQuestion.of("How?")).text())
        .isEqualTo("Undo it with git reset.");
  }

  @Test
  void givenAnOverloadedModel_whenAsked_thenTheStepIsTriedAgain() throws Exception {
    ModelStub.Behaviour overloaded = ModelAnswer.status(529, "overloaded_error");
    duo.does(overloaded, overloaded, ModelAnswer.text("Final Answer: Now."));
    assertThat(chat(duo.gitLab()).ask(ChatQuestion.of("Now?")).text()).isEqualTo("Now.");
  }

  @Test
  void givenAModelThatStaysOverloaded_whenAsked_thenA1004AfterThreeTries() {
    duo.does(ModelAnswer.status(529, "overloaded_error"));
    int before = duo.gitLab().wire().calls().size();
    assertThat(failure(chat(duo.gitLab())).code()).isEqualTo("A1004");
    assertThat(duo.gitLab().wire().calls()).hasSize(before + 3);
  }

  @ParameterizedTest
  @CsvSource({
    "400, prompt is too long, A1005",
    "500, out of memory, A1004",
    "401, wrong key, A1004"
  })
  void givenAModelThatFails_whenAsked_thenTheUserReadsItsCode(
      int status, String said, String code) {
    duo.does(ModelAnswer.status(status, said));
    assertThat(failure(chat(duo.gitLab())).code()).isEqualTo(code);
  }

  @Test
  void givenAModelThatBreaksOffInItsAnswer_whenStreamed_thenTheUserKeepsTheErrorOnly() {
    duo.does(ModelAnswer.text("Final Answer: It ", "is").ending(ModelAnswer.End.MID_CHUNK));
    assertThat(failure(chat(duo.gitLab())).code()).isEqualTo("A1004");
  }

  @Test
  void givenNoScope_whenAsked_thenM3006() {
    assertThat(failure(chat(duo.gitLab(List.of("complete_code")))).code()).isEqualTo("M3006");
  }

  @Test
  void givenNoScopeForATool_whenTheModelCallsIt_thenG3001() {
    duo.says(READ_ISSUE);
    assertThat(failure(chat(duo.gitLab(List.of("duo_classic_chat")))).code()).isEqualTo("G3001");
  }

  @Test
  void givenNoGateway_whenAsked_thenA9999() {
    try (Wire wire = new Wire("http://127.0.0.1:1")) {
      assertThat(failure(chat(duo.at(wire))).code()).isEqualTo("A9999");
    }
  }

  @ParameterizedTest
  @CsvSource({"ORDERLY, A1002", "MID_CHUNK, A1003"})
  void givenABodyWithoutEvents_whenRead_thenTheUserReadsItsCode(ModelAnswer.End end, String code) {
    try (ModelStub gateway = ModelStub.start();
        Wire wire = new Wire(gateway.url())) {
      gateway.byDefault(
          (call, connection) ->
              ModelAnswer.text("no event").ending(end).answer(streamed(call), connection));
      assertThat(failure(chat(duo.at(wire))).code()).isEqualTo(code);
    }
  }

  private static ModelStub.RecordedCall streamed(ModelStub.RecordedCall call) {
    return new ModelStub.RecordedCall(
        call.path(), call.headers(), JsonObject.of(Map.of("stream", true)));
  }
}
