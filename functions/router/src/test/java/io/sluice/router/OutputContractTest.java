package io.sluice.router;

import static io.sluice.router.ScriptedBackend.status;
import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Ability;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that GitLab parses: judged, repaired, asked for again, on v1, v2 and streams. */
class OutputContractTest {

  private static final String REVIEW = "/v1/prompts/review_merge_request";
  private static final String TEMPERATURE = "/v2/prompts/measure_comment_temperature";
  private static final String CALM = "{\"rating\":1,\"issues\":[]}";

  private static final String DIFF =
      """
      <file_diff filename="a.rb">
      <line type="added" old_line="" new_line="3">a = 1</line>
      </file_diff>\
      """;

  private static final String FOUND =
      """
      Let me see.
      <review>
      <comment file="a.rb" old_line="" new_line="3">
      Use &lt; not < & "é"
      </comment>
      </review>
      """;

  private final RouterFixture gateway = new RouterFixture();

  @BeforeEach
  void allowAll() {
    gateway.scopes =
        Set.of(
            "review_merge_request",
            "measure_comment_temperature",
            "resolve_vulnerability",
            "generate_commit_message",
            "feature_discovery_search",
            "generate_embeddings_codebase");
  }

  private static String review(boolean stream) {
    return body(
        JsonObject.builder()
            .put("mr_title", "t")
            .put("mr_description", "d")
            .put("diff_lines", DIFF)
            .put("full_content_section", "")
            .put("custom_instructions_section", "")
            .build(),
        stream);
  }

  private static String comment(boolean stream) {
    return body(JsonObject.builder().put("content", "this is bad").build(), stream);
  }

  private static String body(JsonObject inputs, boolean stream) {
    return Json.text(
        JsonObject.builder()
            .put("inputs", inputs)
            .put("stream", stream)
            .put(
                "model_metadata",
                JsonObject.builder()
                    .put("provider", "openai")
                    .put("name", "mistral")
                    .put("endpoint", "https://llm.corp.example/v1")
                    .build())
            .build());
  }

  private String output() {
    return gateway.closing().text("output", "");
  }

  @Test
  void givenAReadableAnswer_whenJudged_thenItIsGivenOnByteForByte() {
    gateway.backend.answer(text(FOUND));

    assertThat(gateway.post(REVIEW, review(false)).json()).isEqualTo(new JsonString(FOUND));
    assertThat(gateway.backend.calls).hasSize(1);
    assertThat(output()).isEqualTo("kept");
  }

  @Test
  void givenACommentOutsideOfTheDiff_whenJudged_thenItIsDropped() {
    String stray = "<comment file=\"b.rb\" old_line=\"\" new_line=\"1\">\nx\n</comment>\n</review>";
    gateway.backend.answer(text(FOUND.replace("</review>", stray)));

    String answer = gateway.post(REVIEW, review(false)).text();

    assertThat(answer).contains("a.rb").doesNotContain("b.rb");
    assertThat(output()).isEqualTo("repaired: 1 comments outside of the diff dropped");
  }

  @Test
  void givenAFencedAnswer_whenVersion2_thenItIsRepairedAndCounted() {
    gateway.backend.answer(text("```json\n" + CALM + "\n```"));

    JsonObject answer = (JsonObject) gateway.post(TEMPERATURE, comment(false)).json();

    assertThat(answer.text("content")).isEqualTo(CALM);
    assertThat(answer.has("usage")).isTrue();
    assertThat(output()).isEqualTo("repaired: JSON extracted");
  }

  @Test
  void givenAnUnreadableAnswer_whenJudged_thenTheModelIsAskedOnceMoreWithTheReason() {
    gateway.backend.answer(text("It is calm."), text(CALM));

    JsonObject answer = (JsonObject) gateway.post(TEMPERATURE, comment(false)).json();

    assertThat(answer.text("content")).isEqualTo(CALM);
    assertThat(gateway.backend.calls).hasSize(2);
    List<Message> again = ((ModelCall.Chat) gateway.backend.lastCall().input()).messages();
    assertThat(again.get(again.size() - 2)).isEqualTo(Message.assistant("It is calm."));
    assertThat(again.getLast().content()).contains("it is no JSON object");
    assertThat(output()).isEqualTo("asked again: it is no JSON object; kept");
  }

  @Test
  void givenAModelThatStaysUnreadable_whenJudged_thenItsTextIsGivenOnAndRecorded() {
    gateway.backend.answer(text("Looks good!"));

    RecordedAnswer answer = gateway.post(REVIEW, review(false));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(new JsonString("Looks good!"));
    assertThat(gateway.backend.calls).hasSize(2);
    assertThat(output()).endsWith("unreadable: it has no <review> element");
  }

  @Test
  void givenAModelThatFailsWhenAskedAgain_whenJudged_thenTheFirstAnswerIsGivenOn() {
    gateway.backend.answer(text("Looks good!"), status(401));

    RecordedAnswer answer = gateway.post(REVIEW, review(false));

    assertThat(answer.json()).isEqualTo(new JsonString("Looks good!"));
    assertThat(output()).startsWith("asked again in vain; unreadable");
  }

  @Test
  void givenAStreamOfJudgedText_whenAnswered_thenItComesWhole() {
    gateway.backend.answer(text("```json\n", CALM, "\n```"));

    assertThat(gateway.post(TEMPERATURE, comment(true)).text())
        .startsWith("{\"content\":\"{\\\"rating\\\":1,\\\"issues\\\":[]}\"}\n")
        .contains("\"usage\"");
    assertThat(output()).isEqualTo("repaired: JSON extracted");
  }

  @Test
  void givenAFailingModel_whenJudgedTextIsAsked_thenTheStatusIsAsBefore() {
    gateway.backend.answer(status(401));

    RecordedAnswer answer = gateway.post(REVIEW, review(false));
    assertThat(answer.status()).isEqualTo(421);
    assertThat(answer.detail()).isEqualTo("401: Unauthorized");
    assertThat(gateway.post(REVIEW, review(true)).status()).isEqualTo(421);
  }

  @Test
  void givenAFencedCommitMessage_whenNotStreamed_thenTheFenceIsStripped() {
    gateway.backend.answer(text("```\nAdd x\n```"));
    String body = body(JsonObject.builder().put("diff", "+ x").build(), false);

    assertThat(gateway.post(RouterFixture.COMMIT_MESSAGE, body).json())
        .isEqualTo(new JsonString("Add x"));
    assertThat(output()).isEqualTo("repaired: fence stripped");
  }

  @Test
  void givenTargetsWithAndWithoutSchemas_whenAsked_thenOnlyTheFirstGetsOne() {
    gateway.backend.answer(text(CALM));

    gateway.post(TEMPERATURE, comment(false));
    JsonObject schema = ((ModelCall.Chat) gateway.backend.lastCall().input()).schema();
    assertThat(Objects.requireNonNull(schema).object("properties")).isNotNull();

    gateway.table.supports = EnumSet.of(Ability.SYSTEM);
    gateway.post(TEMPERATURE, comment(false));
    assertThat(((ModelCall.Chat) gateway.backend.lastCall().input()).schema()).isNull();
  }

  @Test
  void givenASmallContext_whenALongAnswerIsAsked_thenRoomIsLeftForThePrompt() {
    gateway.backend.answer(text(FOUND));
    gateway.post(REVIEW, review(false).replace("\"mistral\"", "\"codegemma\""));

    assertThat(gateway.backend.lastCall().sampling().maxTokens()).isLessThan(4300);
  }

  @Test
  void givenAPromptInAHurry_whenAsked_thenItsOwnTimeoutHolds() {
    gateway.backend.answer(text("[]"));
    String body = body(JsonObject.builder().put("query", "q").build(), false);

    assertThat(gateway.post("/v1/prompts/feature_discovery_search", body).status()).isEqualTo(200);
    assertThat(gateway.backend.lastCall().timeouts().firstEvent())
        .isLessThanOrEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void givenThePromptOfEmbeddings_whenAsked_thenItIsNotSupported() {
    String body = body(JsonObject.builder().put("contents", List.of("a")).build(), false);

    RecordedAnswer answer = gateway.post("/v1/prompts/embeddings_code", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.detail()).isEqualTo("Prompt 'embeddings_code' is not supported");
  }
}
