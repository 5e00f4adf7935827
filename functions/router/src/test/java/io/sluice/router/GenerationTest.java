package io.sluice.router;

import static io.sluice.router.RouterFixture.GENERATIONS;
import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code POST /v2/code/generations} (contract 3.2, 3.9, 11). */
class GenerationTest {

  private final RouterFixture gateway = new RouterFixture();

  private static String body(String promptId, String more) {
    return """
    {"current_file":{"file_name":"test.py","language_identifier":"python",
      "content_above_cursor":"def hello():\\n  ","content_below_cursor":""},
     "model_provider":"litellm","model_name":"mistral",
     "model_endpoint":"https://llm.corp.example/v1","model_api_key":"",
     "model_identifier":"custom_openai/x","telemetry":[],"choices_count":0,"context":[],
     "agent_id":"agent","project_path":"","project_id":0,"prompt_id":"%s"%s}
    """
        .formatted(promptId, more);
  }

  private static final String BY_PROMPT = "code_suggestions/generations";
  private static final String VERSION_2 = ",\"prompt_version\":2,\"prompt\":\"\"";

  @Test
  void givenTheTroubleshootScript_whenGenerated_thenTheCodeStartsOnALineOfItsOwn() {
    gateway.backend.answer(text("print(1)"));

    RecordedAnswer answer = gateway.post(GENERATIONS, body(BY_PROMPT, VERSION_2));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"text\":\"\\nprint(1)\"", "\"engine\":\"agent\"", "_metadata\":null");
    assertThat(gateway.closing().text("prompt_id")).isEqualTo(BY_PROMPT);
  }

  @Test
  void givenAStreamOfFences_whenGenerated_thenTheBodyIsEmpty() {
    gateway.backend.answer(text("```\n", "```"));

    RecordedAnswer answer =
        gateway.post(GENERATIONS, body(BY_PROMPT, VERSION_2 + ",\"stream\":true"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.ended()).isTrue();
  }

  @Test
  void givenMessagesOfTheClient_whenThereIsNoPromptId_thenTheyReachTheModelAsTheyAre() {
    String messages =
        """
        ,"prompt_version":3,"prompt":[{"role":"system","content":"Write code."},
         {"role":"user","content":"zq-instruction"}]\
        """;

    RecordedAnswer answer = gateway.post(GENERATIONS, body("", messages));

    assertThat(((ModelCall.Chat) gateway.backend.lastCall().input()).messages())
        .containsExactly(Message.system("Write code."), Message.user("zq-instruction"));
    assertThat(answer.text()).contains("\"engine\":\"litellm\",\"name\":\"custom_openai/mistral\"");
  }

  @Test
  void givenNeitherPromptIdNorMessages_whenGenerated_thenTheModelGetsTheFile() {
    gateway.post(GENERATIONS, body("", VERSION_2));

    ModelCall call = gateway.backend.lastCall();
    assertThat(((ModelCall.Chat) call.input()).messages())
        .containsExactly(Message.user("```python\ndef hello():\n  \n```"));
    assertThat(call.sampling().temperature()).isEqualTo(0.2);
    assertThat(call.sampling().topP()).isEqualTo(0.95);
    assertThat(call.sampling().maxTokens()).isEqualTo(2048);
  }

  @Test
  void givenModelMetadata_whenTheRequestNamesNoModelElsewhere_thenItIsUsed() {
    String body =
        """
        {"prompt_version":2,"prompt":"","prompt_id":"code_suggestions/generations",
         "current_file":{"file_name":"a.py","content_above_cursor":"","content_below_cursor":""},
         "model_metadata":{"provider":"openai","name":"no_such_family"}}
        """;

    RecordedAnswer answer = gateway.post(GENERATIONS, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.detail()).contains("known are mistral, mixtral, codestral");
  }

  @Test
  void givenNoScopeOrAUserToken_whenGenerated_thenForbidden() {
    gateway.userToken = true;
    assertThat(gateway.post(GENERATIONS, body(BY_PROMPT, VERSION_2)).detail())
        .isEqualTo("Unauthorized to access code generations");

    gateway.userToken = false;
    gateway.scopes = Set.of("complete_code");
    assertThat(gateway.post(GENERATIONS, body(BY_PROMPT, VERSION_2)).status()).isEqualTo(403);
  }

  @Test
  void givenADisabledFeature_whenGenerated_thenTheRowIsNamed() {
    gateway.table.refuse(
        io.sluice.config.Resolution.Reason.DISABLED, "feature/code_generations is disabled");

    RecordedAnswer answer = gateway.post(GENERATIONS, body(BY_PROMPT, VERSION_2));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail()).contains("feature/code_generations");
    assertThat(Json.text(gateway.closing())).contains("\"error_code\":\"feature_disabled\"");
  }
}
