package io.sluice.router;

import static io.sluice.router.RouterFixture.CHECK;
import static io.sluice.router.RouterFixture.COMMIT_MESSAGE;
import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.PromptRow;
import io.sluice.core.json.JsonString;
import io.sluice.core.model.ModelEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code /v1/prompts} and {@code /v2/prompts} (contract 4.1, 4.2; gitlab-client 5.3). */
class PromptTest {

  private static final String V2 = "/v2/prompts/generate_commit_message";
  private static final String METADATA =
      """
      "model_metadata":{"provider":"openai","name":"mistral",
       "endpoint":"https://llm.corp.example/v1","api_key":"k","identifier":"custom_openai/m"}\
      """;

  private final RouterFixture gateway = new RouterFixture();

  private static String body(String more) {
    return "{\"inputs\":{\"diff\":\"+ b\"}%s,%s}".formatted(more, METADATA);
  }

  @Test
  void givenVersion1_whenAnswered_thenItIsAJsonString() {
    gateway.backend.answer(text("Add \"tests\"\n"));

    RecordedAnswer answer = gateway.post(COMMIT_MESSAGE, body(""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(new JsonString("Add \"tests\"\n"));
  }

  @Test
  void givenVersion2_whenAnswered_thenItCountsTokensByFamily() {
    gateway.backend.answer(text("Add x"));

    assertThat(gateway.post(V2, body("")).text())
        .isEqualTo(
            "{\"content\":\"Add x\",\"usage\":{\"mistral\":{\"input_tokens\":11,"
                + "\"output_tokens\":7}}}");
  }

  @Test
  void givenAModelThatCountsNothing_whenAnswered_thenCountsAreZero() {
    gateway.backend.answer(
        ScriptedBackend.events(new ModelEvent.Text("x"), new ModelEvent.Finish("stop")));

    assertThat(gateway.post(V2, body("")).text())
        .contains("{\"input_tokens\":0,\"output_tokens\":0}");
  }

  @Test
  void givenVersion1_whenStreamed_thenTextIsRaw() {
    gateway.backend.answer(text("Hi ", "John!"));

    RecordedAnswer answer = gateway.post(COMMIT_MESSAGE, body(",\"stream\":true"));

    assertThat(answer.headers().first("Content-Type"))
        .isEqualTo("text/event-stream; charset=utf-8");
    assertThat(answer.text()).isEqualTo("Hi John!");
  }

  @Test
  void givenVersion2_whenStreamed_thenTheLastLineAloneHasUsage() {
    gateway.backend.answer(text("Hi ", "John!"));

    assertThat(gateway.post(V2, body(",\"stream\":true")).text())
        .isEqualTo(
            """
            {"content":"Hi "}
            {"content":"John!"}
            {"content":"","usage":{"wire-first":{"input_tokens":11,"output_tokens":7}}}
            """);
  }

  @Test
  void givenVersion2_whenTheModelBreaksOff_thenTheBodyIsBrokenOff() {
    gateway.backend.answer(ScriptedBackend.events(new ModelEvent.Text("Hi")));

    RecordedAnswer answer = gateway.post(V2, body(",\"stream\":true"));

    assertThat(answer.aborted()).isTrue();
    assertThat(answer.text()).isEqualTo("{\"content\":\"Hi\"}\n");
  }

  @Test
  void givenTestConnection_whenTheModelAnswers_thenOk() {
    String body = "{\"stream\":false,\"inputs\":{},%s}".formatted(METADATA);

    RecordedAnswer answer = gateway.post(CHECK, body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(gateway.backend.lastCall().sampling().maxTokens()).isLessThanOrEqualTo(16);
    assertThat(gateway.backend.lastCall().timeouts().firstEvent())
        .isLessThan(java.time.Duration.ofSeconds(3));
  }

  @Test
  void givenTestConnection_whenTheGatewayRefuses_thenTheDetailIsAListForGitLabToShow() {
    RecordedAnswer answer = gateway.post(CHECK, "{\"inputs\":{}}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text())
        .isEqualTo(
            "{\"detail\":[{\"msg\":\"model_metadata must name the model whose connection to"
                + " test\"}]}");
  }

  @Test
  void givenARowOfTheAdministrators_whenAsked_thenItIsAskedAndRecorded() {
    row("{\"temperature\": 0.7}\n--- user\n<diff_{{tag}}>{{diff}}</diff_{{tag}}>\nAuf Deutsch.");

    assertThat(gateway.post(COMMIT_MESSAGE, body("")).status()).isEqualTo(200);

    assertThat(gateway.backend.lastCall().input().toString()).contains("Auf Deutsch.");
    assertThat(gateway.backend.lastCall().sampling().temperature()).isEqualTo(0.7);
    assertThat(gateway.closing().text("prompt_version")).isEqualTo("1.1.0");
  }

  @Test
  void givenALiveRowThatCannotBeUsed_whenAsked_thenTheErrorNamesItAndNoModelIsAsked() {
    row("{\"feature\": \"duo_chat\"}");

    RecordedAnswer answer = gateway.post(COMMIT_MESSAGE, body(""));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.detail()).startsWith("the row prompt/generate_commit_message/base can't be");
    assertThat(gateway.closing().text("error_code")).isEqualTo("bad_prompt_row");
    assertThat(gateway.backend.calls).isEmpty();
  }

  private void row(String template) {
    String name = "generate_commit_message/base";
    gateway.promptRows.put(name, new PromptRow(name, "1.1.0", template));
  }

  @Test
  void givenMissingInputs_whenAsked_thenTheyAreNamed() {
    RecordedAnswer answer = gateway.post(COMMIT_MESSAGE, "{\"inputs\":{},%s}".formatted(METADATA));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.detail())
        .startsWith("\"Input to ChatPromptTemplate is missing variables {'diff'}");
    assertThat(gateway.backend.calls).isEmpty();
  }

  @Test
  void givenNoScopeOrAUserToken_whenAsked_thenForbidden() {
    gateway.scopes = Set.of();
    assertThat(gateway.post(COMMIT_MESSAGE, body("")).detail())
        .isEqualTo("Unauthorized to access 'generate_commit_message'");

    gateway.scopes = RouterFixture.SCOPES;
    gateway.userToken = true;
    assertThat(gateway.post(COMMIT_MESSAGE, body("")).status()).isEqualTo(403);
  }

  @Test
  void givenTemplateSyntaxInAnInput_whenAsked_thenItReachesTheModelLiterally() {
    gateway.post(COMMIT_MESSAGE, body("").replace("+ b", "{{current_date}} {{#x}}"));

    assertThat(gateway.backend.lastCall().input().toString()).contains("{{current_date}} {{#x}}");
  }

  @Test
  void givenADocumentationAnswer_whenStreamed_thenItsProseComesAtOnceAndOnlyGivenSourcesAreNamed() {
    gateway.backend.answer(
        text("Press ", "fork.\n\n*", "*ATTRS:**\nCNT-IDX-ab", "12\nCNT-IDX-ffff"));
    String body =
        """
        {"inputs":{"question":"How do I fork?","content_id":"ATTRS",
         "documents":[{"id":"ab12","content":"Press fork."}]},"stream":true,%s}\
        """
            .formatted(METADATA);

    RecordedAnswer answer = gateway.post("/v2/prompts/chat/documentation_search", body);

    assertThat(answer.text())
        .startsWith("{\"content\":\"Press \"}\n{\"content\":\"fork.\\n\\n\"}\n")
        .contains("{\"content\":\"ATTRS:\\nCNT-IDX-ab12\"}")
        .doesNotContain("ffff");
    assertThat(gateway.closing().text("output"))
        .isEqualTo("repaired: sources written as GitLab reads them");
  }

  @Test
  void givenAReader_whenTheModelGoesOnWithItsBegunAnswer_thenGitLabGetsWholeJson() {
    gateway.backend.answer(text("iid\", \"Resource", "Identifier\": 12}"));
    String body =
        "{\"inputs\":{\"input\":\"#12\",\"suggestions\":\"\"},\"stream\":true,%s}"
            .formatted(METADATA);

    assertThat(gateway.post("/v1/prompts/chat/issue_reader", body).text())
        .isEqualTo(
            """
            ```json
            {"ResourceIdentifierType": "iid", "ResourceIdentifier": 12}
            ```\
            """);
  }
}
