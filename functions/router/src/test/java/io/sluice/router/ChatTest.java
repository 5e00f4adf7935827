package io.sluice.router;

import static io.sluice.router.RouterFixture.CHAT;
import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Ability;
import io.sluice.config.ModelFamily;
import io.sluice.config.Resolution;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code /v2/chat/agent} beyond single steps, which {@link ChatGoldenTest} shows. */
class ChatTest {

  private static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
  private static final String USAGE =
      "{\"type\": \"usage\", \"data\": {\"usage\": {\"wire-first\": {\"input_tokens\": 11,"
          + " \"output_tokens\": 7}}}}\n";

  private final RouterFixture gateway = new RouterFixture();

  private RecordedAnswer ask(String question) {
    return gateway.post(CHAT, HI.formatted(question));
  }

  private List<Message> asked() {
    return ((ModelCall.Chat) gateway.backend.lastCall().input()).messages();
  }

  private static String delta(String text) {
    return "{\"type\": \"final_answer_delta\", \"data\": {\"text\": \"%s\", \"finish_reason\": null}}\n"
        .formatted(text);
  }

  @Test
  void givenAFinalAnswer_whenStreamed_thenEachPieceLeavesAtOnce() {
    StringBuilder sent = new StringBuilder();
    gateway.onWrite = sent::append;
    gateway.backend.answer(
        (call, cancellation, events) -> {
          events.accept(new ModelEvent.Text("I know.\nFinal Answer: It is"));
          assertThat(sent.toString()).isEqualTo(delta("It is"));
          events.accept(new ModelEvent.Text(" a bug"));
          assertThat(sent.toString()).endsWith(delta(" a bug"));
          events.accept(new ModelEvent.Usage(11, 7, 0));
          events.accept(new ModelEvent.Finish("stop"));
        });

    RecordedAnswer answer = ask("Hi");

    assertThat(answer.text()).endsWith(USAGE);
    assertThat(gateway.backend.lastCall().stream()).isTrue();
    assertThat(gateway.backend.lastCall().timeouts().firstEvent())
        .isLessThanOrEqualTo(Duration.ofSeconds(55));
  }

  @Test
  void givenAnOverloadMidStream_whenAnswered_thenTheErrorIsRetryableAndTheBodyEnds() {
    gateway.backend.answer(
        ScriptedBackend.events(
            new ModelEvent.Text("t\nFinal Answer: par"),
            new ModelEvent.Usage(11, 7, 0),
            new Failure(Failure.Kind.STATUS, 0, "overloaded_error: Overloaded", null)));

    RecordedAnswer answer = ask("Hi");

    assertThat(answer.text())
        .isEqualTo(
            delta("par")
                + "{\"type\": \"error\", \"data\": {\"message\": \"The model server is overloaded,"
                + " please try again\", \"retryable\": true}}\n");
    assertThat(answer.ended()).isTrue();
    assertThat(answer.aborted()).isFalse();
    assertThat(gateway.closing().text("error_code")).isEqualTo("model_overloaded");
  }

  @Test
  void givenAModelThatBreaksOff_whenAnswered_thenThatIsNoFinishedAnswer() {
    gateway.backend.answer(
        ScriptedBackend.events(new ModelEvent.Text("Final Answer: Never delete the ")));

    assertThat(ask("Hi").text())
        .isEqualTo(
            delta("Never delete the")
                + "{\"type\": \"error\", \"data\": {\"message\": \"The model server broke off its"
                + " answer\", \"retryable\": false}}\n");
  }

  @Test
  void givenAModelThatCountsNothing_whenAnswered_thenUsageIsAnEstimate() {
    gateway.backend.answer(
        ScriptedBackend.events(
            new ModelEvent.Text("Final Answer: " + "word ".repeat(100)),
            new ModelEvent.Finish("stop")));

    String text = ask("Hi").text();

    assertThat(text).containsPattern("\"input_tokens\": \\d{3,4}, \"output_tokens\": 1\\d\\d}");
  }

  @Test
  void givenAnAction_whenAnswered_thenTheRecordsSayWhatWasAskedAndWanted() {
    gateway.backend.answer(text("I need it\nAction: issue_reader\nAction Input: 42"));

    ask("Hi");

    JsonObject closing = gateway.closing();
    assertThat(closing.text("feature")).isEqualTo("duo_chat");
    assertThat(closing.toString()).contains("chat/react").contains("action: issue_reader");
    assertThat(closing.toString()).doesNotContain("I need it").doesNotContain("Hi");
  }

  @Test
  void givenContentIsLogged_whenAnswered_thenPromptAndAnswerAreInTheRecord() {
    gateway.table.logContent = true;
    gateway.header("X-Gitlab-Enabled-Instance-Verbose-Ai-Logs", "true");
    gateway.backend.answer(text("Final Answer: zq-answer"));

    ask("zq-question");

    assertThat(gateway.closing().toString()).contains("zq-question").contains("zq-answer");
  }

  @Test
  void givenTwoRequests_whenAsked_thenOnlyTheirDataDiffersAndTagsAreNeverTheSame() {
    ask("one");
    List<Message> one = asked();
    ask("two");
    List<Message> two = asked();

    assertThat(one.getFirst()).isEqualTo(two.getFirst());
    assertThat(one.get(1).content().replace("one", "two")).isNotEqualTo(two.get(1).content());
  }

  @Test
  void givenAFallbackOfAnotherFamily_whenTheFirstFails_thenItIsAskedInItsOwnWay() {
    gateway.table.fallbacks.add(gateway.table.candidate("second", ModelFamily.LLAMA3));
    gateway.backend.answer(
        ScriptedBackend.failure(Failure.Kind.TIMEOUT, 0, null), text("Final Answer: Hi"));

    RecordedAnswer answer = ask("Hi");

    assertThat(answer.text()).contains("\"text\": \"Hi\"").contains("wire-second");
    assertThat(messages(0).getLast().role()).isEqualTo(Message.Role.ASSISTANT);
    assertThat(messages(1).getLast().role()).isEqualTo(Message.Role.USER);
  }

  private List<Message> messages(int call) {
    return ((ModelCall.Chat) gateway.backend.calls.get(call).input()).messages();
  }

  @Test
  void givenARowThatContinuesNothing_whenAsked_thenItsModelIsNotBegunFor() {
    gateway.table.supports = Set.of(Ability.STREAM, Ability.STOP);

    ask("Hi");

    assertThat(asked()).extracting(Message::role).containsExactly(Message.Role.USER);
  }

  @Test
  void givenAnEndpointThatIsRefused_whenAsked_thenTheStatusSaysThatNoModelFailed() {
    gateway.backend.answer(ScriptedBackend.failure(Failure.Kind.REFUSED, 0, null));

    RecordedAnswer answer = ask("Hi");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.detail()).isEqualTo("what the server said");
  }

  @Test
  void givenAFeatureThatIsOff_whenAsked_thenTheStatusSaysSo() {
    gateway.table.refuse(Resolution.Reason.DISABLED, "change row duo_chat");

    assertThat(ask("Hi").status()).isEqualTo(403);
  }

  @Test
  void givenAUserToken_whenAsked_thenForbidden() {
    gateway.userToken = true;

    assertThat(ask("Hi").detail()).isEqualTo("Unauthorized to access duo chat");
  }

  @Test
  void givenNoUnavailableResources_whenAsked_thenTheUsualOnesAreNamed() {
    ask("Hi");

    assertThat(asked().getFirst().content())
        .contains("Not available: Merge Requests, Pipelines, Vulnerabilities\n")
        .contains("Today: Monday, September, 21, 2026");
  }

  @Test
  void givenACallerWhoLeaves_whenStreamed_thenTheModelIsCancelled() {
    RecordedAnswer answer = new RecordedAnswer(piece -> {});
    gateway.backend.answer(
        (call, cancellation, events) -> {
          answer.leave();
          events.accept(new ModelEvent.Text("Final Answer: x"));
        });

    gateway.send(
        "POST",
        CHAT,
        new io.sluice.core.http.Body.Complete(
            HI.formatted("Hi").getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        answer);

    assertThat(gateway.closing().text("error_code")).isEqualTo("caller_gone");
    assertThat(answer.ended()).isFalse();
  }
}
