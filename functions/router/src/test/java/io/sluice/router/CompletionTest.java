package io.sluice.router;

import static io.sluice.router.RouterFixture.COMPLETIONS;
import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.CompletionMode;
import io.sluice.config.Resolution;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code POST /v2/code/completions} (contract 3.1 to 3.5). */
class CompletionTest {

  private final RouterFixture gateway = new RouterFixture();

  private static String body(String more) {
    return """
    {"prompt_version":2,"prompt":null,"model_provider":"litellm","model_name":"codestral",
     "model_endpoint":"https://llm.corp.example/v1","model_api_key":"k-1",
     "model_identifier":"custom_openai/codestral-22b",
     "current_file":{"file_name":"src/sum.py","content_above_cursor":"def add(a, b):\\n    ",
     "content_below_cursor":"\\n"}%s}
    """
        .formatted(more);
  }

  @Test
  void givenAFile_whenCompleted_thenTheAnswerIsTheContractsExample() {
    gateway.backend.answer(text("return a + b"));

    RecordedAnswer answer = gateway.post(COMPLETIONS, body(""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"id":"id","model":{"engine":"litellm","name":"codestral","lang":"python",\
            "tokens_consumption_metadata":{"input_tokens":11,"output_tokens":7,\
            "max_output_tokens_used":false,"context_tokens_sent":0,"context_tokens_used":0},\
            "region":"us-central1"},"experiments":[],"object":"text_completion",\
            "created":1790000000,"choices":[{"text":"return a + b","index":0,\
            "finish_reason":"length"}],"metadata":{"enabled_feature_flags":[]}}\
            """);
  }

  @Test
  void givenACodestralModel_whenCompleted_thenItIsAskedInItsOwnWords() {
    gateway.post(COMPLETIONS, body(""));

    ModelCall call = gateway.backend.lastCall();
    assertThat(call.sampling().maxTokens()).isEqualTo(64);
    assertThat(call.sampling().temperature()).isEqualTo(0.32);
    assertThat(call.stream()).isFalse();
    List<Message> messages = ((ModelCall.Chat) call.input()).messages();
    assertThat(messages.getLast().role()).isEqualTo(Message.Role.USER);
    assertThat(messages.getLast().content()).contains("[SUFFIX]\n", "[PREFIX]def add(a, b):\n    ");
  }

  @Test
  void givenAFillInTheMiddleModel_whenCompleted_thenRawTextIsContinued() {
    gateway.table.completion = CompletionMode.FIM;

    gateway.post(COMPLETIONS, body(""));

    ModelCall call = gateway.backend.lastCall();
    assertThat(call.input())
        .isEqualTo(new ModelCall.Completion("[SUFFIX]\n[PREFIX]def add(a, b):\n    "));
    assertThat(call.sampling().stop()).contains("[PREFIX]");
  }

  @Test
  void givenAnEmptyText_whenCompleted_thenThereAreNoChoices() {
    gateway.backend.answer(text());

    JsonObject answer = gateway.post(COMPLETIONS, body("")).object();

    assertThat(answer.array("choices")).isEmpty();
    assertThat(Json.text(answer)).contains("\"tokens_consumption_metadata\":null");
  }

  @Test
  void givenNoLanguage_whenCompleted_thenNoModelIsAsked() {
    String body = body(",\"stream\":true").replace("src/sum.py", "noext");

    RecordedAnswer answer = gateway.post(COMPLETIONS, body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object().array("choices")).isEmpty();
    assertThat(gateway.backend.calls).isEmpty();
    assertThat(gateway.audit).hasSize(2);
  }

  @Test
  void givenADisabledFeature_whenCompleted_thenThereAreNoChoices() {
    gateway.table.refuse(Resolution.Reason.DISABLED, "feature/code_completions is disabled");

    RecordedAnswer answer = gateway.post(COMPLETIONS, body(""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object().array("choices")).isEmpty();
    assertThat(gateway.closing().object("decision")).isNotNull();
  }

  @Test
  void givenAStream_whenCompleted_thenTextIsRaw() {
    gateway.backend.answer(text("ret", "", "urn"));

    RecordedAnswer answer = gateway.post("/v2/completions", body(",\"stream\":\"yes\""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Type"))
        .isEqualTo("text/event-stream; charset=utf-8");
    assertThat(answer.text()).isEqualTo("return");
    assertThat(answer.ended()).isTrue();
    assertThat(gateway.backend.lastCall().stream()).isTrue();
  }

  @Test
  void givenAMixtralModel_whenCompleted_thenUnderscoresAreNotEscaped() {
    gateway.backend.answer(text("a\\_b"));
    String body = body("").replace("\"codestral\"", "\"mixtral\"");

    assertThat(gateway.post(COMPLETIONS, body).text()).contains("\"text\":\"a_b\"");
  }

  @Test
  void givenFeatureFlags_whenCompleted_thenTheyAreEchoed() {
    gateway.header("x-gitlab-enabled-feature-flags", "flag_b,flag_c");

    assertThat(gateway.post(COMPLETIONS, body("")).text())
        .contains("\"enabled_feature_flags\":[\"flag_b\",\"flag_c\"]");
  }

  @Test
  void givenNoModelInTheRequest_whenCompleted_thenTheTablesModelAnswers() {
    String body =
        """
        {"prompt_version":1,"current_file":{"file_name":"a.rb","content_above_cursor":"x",
         "content_below_cursor":""}}
        """;

    JsonObject model = gateway.post(COMPLETIONS, body).object().object("model");

    assertThat(model).isNotNull();
    assertThat(Json.text(model)).contains("\"engine\":\"litellm\",\"name\":\"mistral\"");
  }

  @Test
  void givenNoScope_whenCompleted_thenForbidden() {
    gateway.scopes = java.util.Set.of("generate_code");

    RecordedAnswer answer = gateway.post(COMPLETIONS, body(""));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail()).isEqualTo("Unauthorized to access code completions");
    assertThat(gateway.backend.calls).isEmpty();
    assertThat(gateway.audit).hasSize(2);
  }

  @Test
  void givenAUserToken_whenCompleted_thenAllowed() {
    gateway.userToken = true;

    assertThat(gateway.post(COMPLETIONS, body("")).status()).isEqualTo(200);
  }

  @Test
  void givenAnAnswer_whenAudited_thenTheRecordsSayWhoWhatAndWhich() {
    gateway.post(COMPLETIONS, body(""));

    assertThat(gateway.audit.getFirst().text("record")).isEqualTo("opening");
    JsonObject closing = gateway.closing();
    assertThat(closing.text("route")).isEqualTo("POST /v2/code/completions");
    assertThat(closing.text("feature")).isEqualTo("code_completions");
    assertThat(closing.text("prompt_id")).isEqualTo("code_suggestions/completions");
    assertThat(closing.text("outcome")).isEqualTo("answered");
    assertThat(Json.text(closing)).contains("\"tokens\":{\"input\":11,\"output\":7", "\"ok\"");
    assertThat(closing.decimal("first_token_ms")).isNotNull();
    assertThat(closing.has("content")).isFalse();
  }

  @Test
  void givenRowAndHeaderBothAllowContent_whenAudited_thenPromptAndAnswerAreRecorded() {
    gateway.table.logContent = true;
    gateway.post(COMPLETIONS, body(""));
    assertThat(gateway.closing().has("content")).isFalse();

    gateway.header("x-gitlab-enabled-instance-verbose-ai-logs", "true");
    gateway.post(COMPLETIONS, body(""));
    assertThat(Json.text(gateway.closing())).contains("def add", "\"answer\":\"stub reply\"");
  }
}
